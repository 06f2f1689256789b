package io.wstck.tck.cli;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.report.AllListeners;
import io.wstck.tck.report.ConsoleReport;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.Printable;
import io.wstck.tck.report.RenderedReports;
import io.wstck.tck.report.Renderers;
import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.report.ShellWord;
import io.wstck.tck.report.Style;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.RunSummary;
import io.wstck.tck.run.Runner;
import java.io.IOException;
import java.time.InstantSource;
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

/** {@code run}: plays cases against an implementation, and reports. */
@Command(name = "run", header = "Play the cases against an implementation, and report.")
final class RunCommand implements Callable<Integer> {
    /** Seeds that nobody chose stay short enough to be typed again. */
    private static final long SEED_BOUND = 1_000_000;

    private final Surroundings surroundings;

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

    @Mixin
    private EvidenceOption evidence;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            converter = ClientName.class,
            defaultValue = "bundled",
            description = "The implementation to judge, unless --agent names one. The one there is: ${DEFAULT-VALUE}.")
    private Client client = Client.BUNDLED;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            converter = JobCount.class,
            description = "Play that many light cases side by side, at most " + RunPlan.MAX_JOBS
                    + ". One that takes more than half a second waits, and gives its place to another, unless N is 1."
                    + " Default: four for each processor.")
    private int jobs = RunPlan.DEFAULT_JOBS;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides the order of the cases. Default: a new one each time, which the first line tells.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            converter = RepetitionCount.class,
            description = "Play all of them that often, at most " + RunPlan.MAX_REPETITIONS
                    + " times, and name the cases whose verdict changes.")
    private int repetitions = 1;

    @Option(names = "--trace", description = "Print every case with its whole transcript, passed ones too.")
    private boolean trace;

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        try (Interruption _ = Interruption.ofThisRun();
                StartingServer server = new StartingServer(agent.server())) {
            return run(server);
        }
    }

    private int run(StartingServer server) throws CommandFailure, IOException {
        CaseCatalogue cases = source.load(surroundings, Catalogue.load());
        List<TestCase> selected = shard.of(selection.select(cases));
        long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(SEED_BOUND));
        KnownDeviations deviations = known.load(surroundings, cases);
        Planning planning = judgedBy -> {
            known.requireProfile(deviations, judgedBy);
            return plan(new RunPlan(selected, jobs, chosen, repetitions, deviations, evidence.keeping(), judgedBy));
        };
        if (profile.chosen().isPresent()) {
            // What is wrong with it is told before anything is started.
            var _ = planning.plan(profile.chosen().get());
        }
        ReportFolder folder = report.folder(surroundings);
        requireRoom(folder);
        try (EventsWriter events =
                        EventsWriter.in(folder, SpecEdition.shipped(), shard.shard(), again(), InstantSource.system());
                EvidenceOption.Kept kept = evidence.open(folder, events::head)) {
            RunListener listener = new AllListeners(
                    List.of(events, kept, new RenderedReports(folder, Renderers.all()), console(folder)));
            return play(server, planning, listener, () -> judged(folder, events));
        }
    }

    /** Makes the plan when it is known by which profile the client is judged. */
    @FunctionalInterface
    private interface Planning {
        RunPlan plan(Profile profile) throws CommandFailure;
    }

    private static RunPlan plan(RunPlan plan) throws CommandFailure {
        if (plan.cases().isEmpty()) {
            throw CommandFailure.usage("expected a case that profile "
                    + plan.profile().word() + " plays, got only cases of another profile; see --profile");
        }
        return plan;
    }

    private int play(StartingServer server, Planning planning, RunListener listener, Supplier<String> judged)
            throws CommandFailure, IOException {
        try {
            RunSummary summary = play(server, planning, listener);
            summary.early().ifPresent(end -> {
                tell("the run ended early: " + Printable.line(end.sentence()) + "; " + judged.get());
                end.said().forEach(line -> surroundings.err().println("  agent: " + Printable.line(line)));
            });
            return ExitStatus.of(summary.conclusion()).code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            tell("the run was interrupted before its end; " + judged.get());
            return ExitStatus.NOT_JUDGED.code();
        }
    }

    private void tell(String sentence) {
        surroundings.err().println("wstck: " + sentence);
        surroundings.err().flush();
    }

    /** Where the verdicts of a run that ended early are. */
    private static String judged(ReportFolder folder, EventsWriter events) {
        return events.begun()
                ? "what was judged by then is in " + folder.path()
                : "no case was finished by then, and " + folder.path() + " is as it was";
    }

    /** Before anything is played, and without touching what an earlier run has left. */
    private static void requireRoom(ReportFolder folder) throws CommandFailure {
        try {
            folder.requireRoom();
        } catch (IOException e) {
            throw CommandFailure.usage("--report: " + e.getMessage());
        }
    }

    private ConsoleReport console(ReportFolder folder) {
        Style style = new Style(
                surroundings.screen(), surroundings.colour(), trace ? Style.Detail.TRACE : Style.Detail.FINDINGS);
        return new ConsoleReport(
                surroundings.out(),
                style,
                again(),
                Stream.concat(
                                Stream.of(folder.events()),
                                Renderers.all().stream().map(folder::of))
                        .toList(),
                System::nanoTime);
    }

    /** The words that start such a run again: the same client, judged in the same way. */
    private String again() {
        return ShellWord.quote(surroundings.command()) + " run" + agent.again() + source.again() + profile.again()
                + known.again();
    }

    private RunSummary play(StartingServer server, Planning planning, RunListener listener)
            throws CommandFailure, IOException, InterruptedException {
        String version = Version.current();
        ReferenceServer running = server.await();
        try (Trust trust = Trust.in(running::authorityPem);
                Implementation implementation =
                        agent.given() ? agent.open(surroundings, trust) : client.open(version, trust)) {
            RunPlan plan = planning.plan(profile.chosen().orElseGet(implementation::defaultProfile));
            return new Runner(implementation, running).run(plan, version, listener);
        }
    }

    /** An implementation that the kit can judge. */
    enum Client {
        BUNDLED {
            @Override
            Implementation open(String version, Trust trust) {
                return new BundledClient(version, trust);
            }
        };

        abstract Implementation open(String version, Trust trust);
    }

    /** Reads a client by its name. */
    static final class ClientName implements ITypeConverter<Client> {
        @Override
        public Client convert(String name) {
            if (!name.equals("bundled")) {
                throw new TypeConversionException("expected bundled, got \"" + name + "\"");
            }
            return Client.BUNDLED;
        }
    }

    /** How many jobs. */
    static final class JobCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            return count(word, RunPlan.MAX_JOBS);
        }
    }

    /** How many repetitions. */
    static final class RepetitionCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            return count(word, RunPlan.MAX_REPETITIONS);
        }
    }

    private static int count(String word, int most) {
        if (word.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(word);
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        throw new TypeConversionException("expected an integer from 1 to " + most + ", got \"" + word + "\"");
    }
}
