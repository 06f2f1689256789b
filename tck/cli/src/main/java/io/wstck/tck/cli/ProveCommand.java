package io.wstck.tck.cli;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.prove.BaselineClients;
import io.wstck.tck.prove.ExclusivityFinding;
import io.wstck.tck.prove.ExclusivityProver;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.FaultCoverage;
import io.wstck.tck.prove.NullClient;
import io.wstck.tck.prove.ProofReport;
import io.wstck.tck.prove.Prover;
import io.wstck.tck.prove.faults.FaultCatalogue;
import io.wstck.tck.prove.faults.WebRules;
import io.wstck.tck.run.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prove}: tests the kit with faulty clients. */
@Command(
        name = "prove",
        header = "Prove the kit itself with faults and null clients.",
        description = "Cases must catch each fault, and a client that does nothing must pass no case with a server.",
        exitCodeList = {
            "0:each fault was caught",
            "1:a fault survived, or a null client passed a case",
            "2:the command line is wrong; nothing was run",
            "3:the kit could not judge"
        })
final class ProveCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Mixin
    private CaseOptions source;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Play only faults and null clients whose id matches; * stands for any text, ? for one"
                    + " character. Repeatable.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--list",
            description = "Print the faults with the clauses that they break, and the binding clauses without a fault;"
                    + " play nothing.")
    private boolean list;

    @Option(
            names = "--exclusive",
            description =
                    "Play each exclusive fault against the cases of all other clauses; none may notice it. With --only:"
                            + " any fault that breaks one clause.")
    private boolean exclusive;

    ProveCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        List<Fault> faults = FaultCatalogue.all().stream()
                .filter(fault -> selected(fault.id()))
                .toList();
        List<NullClient> nullClients = NullClient.all().stream()
                .filter(client -> selected(client.id()))
                .toList();
        requireMatches();
        List<TestCase> cases = source.load(environment, ClauseCatalogue.load()).cases();
        ProofText text = new ProofText(environment.out());
        if (list) {
            text.list(faults, nullClients, cases);
            return ExitStatus.OK.code();
        }
        if (exclusive) {
            return exclusive(faults, cases, new ExclusivityText(environment.out()))
                    .code();
        }
        ProofReport report = prove(faults, nullClients, cases, text);
        text.summary(report);
        return switch (report.conclusion()) {
            case PROVEN -> ExitStatus.OK.code();
            case FAULTS_SURVIVE, TOO_MANY_CAUSES -> ExitStatus.NOT_CONFORMANT.code();
            case NOT_PROVEN -> ExitStatus.NOT_JUDGED.code();
        };
    }

    private static ProofReport prove(
            List<Fault> faults, List<NullClient> nullClients, List<TestCase> cases, ProofText text)
            throws CommandFailure, IOException {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                Implementation client = new BundledClient(Version.current(), trust)) {
            return new Prover(clients(client), server, cases).prove(faults, nullClients, text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--cases: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("the proof was interrupted before its end");
        }
    }

    private ExitStatus exclusive(List<Fault> faults, List<TestCase> cases, ExclusivityText text)
            throws CommandFailure, IOException {
        List<Fault> judged = faults.stream()
                .filter(fault -> only.isEmpty()
                        ? fault.exclusivity() == Fault.Exclusivity.OWN_CLAUSE_ONLY
                        : fault.breaks().size() == 1)
                .toList();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                Implementation client = new BundledClient(Version.current(), trust)) {
            List<ExclusivityFinding> findings =
                    new ExclusivityProver(clients(client), server, cases).prove(judged, text);
            text.summary(findings, FaultCoverage.of(cases, FaultCatalogue.all()));
            return findings.stream().anyMatch(ExclusivityFinding::contradictsDeclaration)
                    ? ExitStatus.NOT_CONFORMANT
                    : ExitStatus.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("the proof was interrupted before its end");
        }
    }

    private static BaselineClients clients(Implementation bundled) {
        return new BaselineClients(bundled, WebRules.client(bundled));
    }

    private boolean selected(String id) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(pattern -> Selection.glob(pattern).matcher(id).matches());
    }

    private void requireMatches() throws CommandFailure {
        for (String word : only) {
            Pattern pattern = Selection.glob(word);
            boolean matches = FaultCatalogue.all().stream()
                            .anyMatch(fault -> pattern.matcher(fault.id()).matches())
                    || NullClient.all().stream()
                            .anyMatch(client -> pattern.matcher(client.id()).matches());
            if (!matches) {
                throw CommandFailure.usage(
                        "--only: expected a pattern that matches the id of a fault or a null client, got \"" + word
                                + "\", which matches none");
            }
        }
    }
}
