package io.wstck.tck.cli;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.prove.Clients;
import io.wstck.tck.prove.Coverage;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.NullClient;
import io.wstck.tck.prove.ProofReport;
import io.wstck.tck.prove.Prover;
import io.wstck.tck.prove.ReachFinding;
import io.wstck.tck.prove.ReachProver;
import io.wstck.tck.prove.kept.KeptFaults;
import io.wstck.tck.prove.kept.WebRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prove}: the kit against clients that are known to be wrong. */
@Command(
        name = "prove",
        header = "Prove the kit itself: each kept fault must be caught by a case of every clause that it breaks,"
                + " and a client that does nothing must pass no case with a server.")
final class ProveCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private CaseOptions source;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Take only faults and null clients whose id matches; * stands for any text, ? for one"
                    + " character. Repeatable.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--list",
            description = "List the faults and what they break, and the binding clauses whose cases no fault proves;"
                    + " play nothing.")
    private boolean list;

    @Option(
            names = "--exclusive",
            description =
                    "Play with each fault of which only the cases of its clause are said to notice it those of all"
                            + " other clauses: none may. With --only: with any fault that breaks one clause.")
    private boolean exclusive;

    ProveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        List<Fault> faults =
                KeptFaults.all().stream().filter(fault -> selected(fault.id())).toList();
        List<NullClient> nullClients = NullClient.all().stream()
                .filter(client -> selected(client.id()))
                .toList();
        requireMatches();
        List<TestCase> cases = source.load(surroundings, Catalogue.load()).cases();
        ProofText text = new ProofText(surroundings.out());
        if (list) {
            text.list(faults, nullClients, cases);
            return ExitStatus.OK.code();
        }
        if (exclusive) {
            return exclusive(faults, cases, new ReachText(surroundings.out())).code();
        }
        ProofReport report = prove(faults, nullClients, cases, text);
        text.summary(report);
        return switch (report.conclusion()) {
            case PROVEN -> ExitStatus.OK.code();
            case FAULTS_SURVIVE, SCATTERED -> ExitStatus.NOT_CONFORMANT.code();
            case NOT_PROVEN -> ExitStatus.NOT_JUDGED.code();
        };
    }

    private static ProofReport prove(
            List<Fault> faults, List<NullClient> nullClients, List<TestCase> cases, ProofText text)
            throws CommandFailure, IOException {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                Trust trust = Trust.in(server::authorityPem);
                Implementation client = new BundledClient(Version.current(), trust)) {
            return new Prover(clients(client), server, cases).prove(faults, nullClients, text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--cases: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("the proof was interrupted before its end");
        }
    }

    private ExitStatus exclusive(List<Fault> faults, List<TestCase> cases, ReachText text)
            throws CommandFailure, IOException {
        List<Fault> judged = faults.stream()
                .filter(fault -> only.isEmpty()
                        ? fault.reach() == Fault.Reach.ITS_CLAUSE_ALONE
                        : fault.breaks().size() == 1)
                .toList();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                Trust trust = Trust.in(server::authorityPem);
                Implementation client = new BundledClient(Version.current(), trust)) {
            List<ReachFinding> findings = new ReachProver(clients(client), server, cases).prove(judged, text);
            text.summary(findings, Coverage.of(cases, KeptFaults.all()));
            return findings.stream().anyMatch(ReachFinding::contradicts) ? ExitStatus.NOT_CONFORMANT : ExitStatus.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("the proof was interrupted before its end");
        }
    }

    private static Clients clients(Implementation bundled) {
        return new Clients(bundled, WebRules.client(bundled));
    }

    private boolean selected(String id) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(pattern -> Selection.glob(pattern).matcher(id).matches());
    }

    private void requireMatches() throws CommandFailure {
        for (String word : only) {
            Pattern pattern = Selection.glob(word);
            boolean matches = KeptFaults.all().stream()
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
