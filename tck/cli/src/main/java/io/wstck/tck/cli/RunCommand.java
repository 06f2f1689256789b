package io.wstck.tck.cli;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.catalogue.SpecEdition;
import io.wstck.tck.evidence.EvidenceWriter;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.report.CompositeRunListener;
import io.wstck.tck.report.ConsoleReport;
import io.wstck.tck.report.ConsoleStyle;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.Renderer;
import io.wstck.tck.report.RenderingListener;
import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.RunSummary;
import io.wstck.tck.run.Runner;
import io.wstck.tck.run.Version;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code run}: plays cases against an implementation and writes reports. */
@Command(
        name = "run",
        header = "Play the cases against a client and write reports.",
        exitCodeList = {
            "0:conformant, perhaps with known deviations",
            "1:not conformant, or the list of known deviations is outdated",
            "2:the command line is wrong; nothing was run",
            "3:the kit could not judge"
        })
final class RunCommand implements Callable<Integer> {
    /** Random seeds are small, so that users can type them. */
    private static final long SEED_BOUND = 1_000_000;

    private final CliEnvironment environment;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private CaseOptions source;

    @Mixin
    private AgentOptions agent;

    @Mixin
    private ProfileOption profile;

    @Mixin
    private ReportOption report;

    @Mixin
    private KnownOption known;

    @Mixin
    private ShardOption shard;

    /** Evidence is on by default, because it takes only 2 % of a run's time. */
    @Option(names = "--no-evidence", description = "Do not write evidence.ndjson.gz for rejudge.")
    private boolean withoutEvidence;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            converter = ClientConverter.class,
            defaultValue = "bundled",
            description = "Judge this client. Only bundled is supported.")
    private BuiltInClient client = BuiltInClient.BUNDLED;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            converter = NumberConverters.JobCount.class,
            description = "Play N cases at once, at most " + RunPlan.MAX_JOBS + ". Default: four per processor.")
    private int jobs = RunPlan.DEFAULT_JOBS;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = NumberConverters.Seed.class,
            description = "Seed for the order of the cases. Default: random.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            converter = NumberConverters.RepetitionCount.class,
            description = "Play all cases N times, at most " + RunPlan.MAX_REPETITIONS + ", and list unstable ones.")
    private int repetitions = 1;

    @Option(names = "--trace", description = "Print the transcript of each case.")
    private boolean trace;

    RunCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        try (ShutdownInterrupt _ = ShutdownInterrupt.forRun();
                BackgroundServer server = new BackgroundServer(agent.server())) {
            return run(server);
        }
    }

    private int run(BackgroundServer server) throws CommandFailure, IOException {
        CaseCatalogue cases = source.load(environment, ClauseCatalogue.load());
        List<TestCase> selected = shard.select(selection.select(cases));
        long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(SEED_BOUND));
        KnownDeviations deviations = known.load(environment, cases);
        PlanFactory planFactory = judgedBy -> {
            known.requireProfile(deviations, judgedBy);
            return plan(new RunPlan(selected, jobs, chosen, repetitions, deviations, retention(), judgedBy));
        };
        if (profile.chosen().isPresent()) {
            // Finds a wrong command line before anything is started.
            var _ = planFactory.plan(profile.chosen().get());
        }
        ReportFolder folder = report.folder(environment);
        requireRoom(folder);
        try (EventsWriter events = EventsWriter.in(
                        folder, SpecEdition.shipped(), shard.shard(), rerunCommand(), InstantSource.system());
                EvidenceWriter writer = EvidenceWriter.create(folder.evidence(), events::head)) {
            List<RunListener> listeners = new ArrayList<>(List.of(events));
            if (!withoutEvidence) {
                // The writer opens its file at the first result, so a run without results writes no file.
                listeners.add(writer);
            }
            listeners.addAll(List.of(new RenderingListener(folder, Renderer.all()), console(folder)));
            return play(server, planFactory, new CompositeRunListener(listeners), () -> resultsNote(folder, events));
        }
    }

    private RunPlan.EvidenceRetention retention() {
        return withoutEvidence ? RunPlan.EvidenceRetention.DROPPED : RunPlan.EvidenceRetention.KEPT;
    }

    /** Makes the plan for a profile. The profile is known when the client has started. */
    @FunctionalInterface
    private interface PlanFactory {
        RunPlan plan(Profile profile) throws CommandFailure;
    }

    private static RunPlan plan(RunPlan plan) throws CommandFailure {
        if (plan.cases().isEmpty()) {
            throw CommandFailure.usage("expected a case that profile "
                    + plan.profile().word() + " plays, got only cases of another profile; see --profile");
        }
        return plan;
    }

    private int play(
            BackgroundServer server, PlanFactory planFactory, RunListener listener, Supplier<String> resultsNote)
            throws CommandFailure, IOException {
        try {
            RunSummary summary = play(server, planFactory, listener);
            summary.early().ifPresent(end -> {
                printError("the run ended early: " + EscapedText.line(end.sentence()) + "; " + resultsNote.get());
                end.said().forEach(line -> environment.err().println("  agent: " + EscapedText.line(line)));
            });
            return ExitStatus.of(summary.conclusion()).code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            printError("the run was interrupted before its end; " + resultsNote.get());
            return ExitStatus.NOT_JUDGED.code();
        }
    }

    private void printError(String sentence) {
        environment.err().println("wstck: " + sentence);
        environment.err().flush();
    }

    /** Tells where the results of a run that ended early are. */
    private static String resultsNote(ReportFolder folder, EventsWriter events) {
        return events.hasEvents()
                ? "the results so far are in " + folder.path()
                : "no case had finished, and " + folder.path() + " is unchanged";
    }

    /** Checks the report folder before anything is played. Earlier reports are kept. */
    private static void requireRoom(ReportFolder folder) throws CommandFailure {
        try {
            folder.requireRoom();
        } catch (IOException e) {
            throw CommandFailure.usage("--report: " + e.getMessage());
        }
    }

    private ConsoleReport console(ReportFolder folder) {
        ConsoleStyle style = new ConsoleStyle(
                environment.screen(),
                environment.colour(),
                trace ? ConsoleStyle.Detail.TRACE : ConsoleStyle.Detail.FINDINGS);
        return new ConsoleReport(
                environment.out(),
                style,
                rerunCommand(),
                Stream.concat(
                                Stream.of(folder.events()),
                                Renderer.all().stream().map(folder::of))
                        .toList(),
                System::nanoTime);
    }

    /** The command line that judges the same client in the same way again. */
    private String rerunCommand() {
        return environment.command() + " run" + agent.rerunOptions() + source.rerunOptions() + profile.rerunOptions()
                + known.rerunOptions()
                + (shard.shard().isPresent() ? ReportOption.rerunOptionsOfShard() : report.rerunOptions());
    }

    private RunSummary play(BackgroundServer server, PlanFactory planFactory, RunListener listener)
            throws CommandFailure, IOException, InterruptedException {
        String version = Version.current();
        ReferenceServer running = server.await();
        try (AuthorityFile trust = AuthorityFile.of(running::authorityPem);
                Implementation implementation =
                        agent.given() ? agent.open(environment, trust) : client.open(version, trust)) {
            RunPlan plan = planFactory.plan(profile.chosen().orElseGet(implementation::defaultProfile));
            return new Runner(implementation, running).run(plan, version, listener);
        }
    }

    /** A client that is part of the kit. */
    enum BuiltInClient {
        BUNDLED;

        Implementation open(String version, AuthorityFile trust) {
            return new BundledClient(version, trust);
        }
    }

    /** Parses the name of a client. */
    static final class ClientConverter implements ITypeConverter<BuiltInClient> {
        @Override
        public BuiltInClient convert(String name) {
            if (!name.equals("bundled")) {
                throw new TypeConversionException("expected bundled, got \"" + name + "\"");
            }
            return BuiltInClient.BUNDLED;
        }
    }
}
