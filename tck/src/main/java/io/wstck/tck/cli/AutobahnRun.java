package io.wstck.tck.cli;

import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.drive.BundledDriver;
import io.wstck.tck.autobahn.drive.DeflateFloor;
import io.wstck.tck.autobahn.drive.ProgramDriver;
import io.wstck.tck.autobahn.report.AgentEvents;
import io.wstck.tck.autobahn.report.CaseRecord;
import io.wstck.tck.autobahn.report.OutDir;
import io.wstck.tck.autobahn.serve.AutobahnServer;
import io.wstck.tck.autobahn.spec.Patterns;
import io.wstck.tck.autobahn.spec.Plan;
import io.wstck.tck.autobahn.spec.SpecFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts a server, lets a driver run against it, and judges what came. For one run. */
final class AutobahnRun {
    /** The end of a driver's last connection may be judged after the driver has ended. */
    private static final Duration LAST_CASES = Duration.ofSeconds(5);

    private static final double GIGA = 1e9;
    private static final double MILLIS_PER_SECOND = 1000;

    private final Surroundings surroundings;
    private final AutobahnConsole console;
    private final Patterns patterns;
    private final Strictness strictness;
    private final Path folder;
    private final int port;

    /** @param port to serve on; 0 takes a free one */
    AutobahnRun(
            Surroundings surroundings,
            AutobahnConsole console,
            Patterns patterns,
            Strictness strictness,
            Path folder,
            int port) {
        this.surroundings = surroundings;
        this.console = console;
        this.patterns = patterns;
        this.strictness = strictness;
        this.folder = folder;
        this.port = port;
    }

    /** Has the bundled client play; the exit status. */
    int bundled(int jobs) throws CommandFailure, IOException {
        return run(
                "wstck-client " + Version.current() + " (Java)",
                jobs + (jobs == 1 ? " job" : " jobs"),
                (server, plan, _) -> {
                    new BundledDriver(server.url(), jobs).play(plan.cases());
                    return Optional.empty();
                });
    }

    /** Runs a program that drives a client; the exit status. */
    int program(String command, Duration limit) throws CommandFailure, IOException {
        return run("driver", command, (server, _, outDir) -> {
            ProgramDriver program = new ProgramDriver(command, outDir.path());
            return switch (program.run(server.url(), limit)) {
                case ProgramDriver.Ended.Exited(int status) when status == 0 -> Optional.empty();
                case ProgramDriver.Ended.Exited(int status) ->
                    Optional.of(died(program, "it ended with status " + status));
                case ProgramDriver.Ended.TimedOut(Duration time) ->
                    Optional.of(died(program, "it was killed after " + time.toSeconds() + " s (--time-limit)"));
            };
        });
    }

    private String died(ProgramDriver program, String how) throws IOException {
        program.lastErrors().forEach(line -> console.line("  driver: " + line));
        return "the driver died: " + how + "; what it printed is in " + program.errors() + " and " + program.output();
    }

    /** Lets a driver play; tells in a sentence what was wrong with the driver. */
    @FunctionalInterface
    private interface Driving {
        Optional<String> drive(AutobahnServer server, Plan plan, OutDir outDir)
                throws IOException, InterruptedException;
    }

    private int run(String who, String how, Driving driving) throws CommandFailure, IOException {
        AutobahnService service = new AutobahnService(surroundings);
        Plan plan = service.plan(
                new SpecFile(OptionalInt.empty(), Optional.empty(), patterns, List.of(), List.of(), List.of()));
        OutDir outDir = service.outDir(folder);
        try (AutobahnServer server =
                service.start(service.setup(plan, strictness, outDir, List.of()), Optional.empty(), port)) {
            AutobahnService.create(outDir);
            int cases = plan.cases().size();
            console.line("wstck " + Version.current() + " · " + who + " · " + cases + (cases == 1 ? " case" : " cases")
                    + " of Autobahn · " + how);
            long start = System.nanoTime();
            Optional<String> trouble;
            try (AutobahnProgress _ = new AutobahnProgress(console, server, cases)) {
                trouble = driving.drive(server, plan, outDir);
                server.awaitIdle(LAST_CASES);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            server.writeReports();
            report(server.results(), plan, outDir, took);
            trouble.ifPresent(console::notJudged);
            floor(server.results(), took);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("the run was interrupted before its end");
        }
        return console.status();
    }

    private void report(Map<String, List<CaseRecord>> results, Plan plan, OutDir outDir, Duration took) {
        if (results.isEmpty()) {
            console.notJudged("not judged: the driver played no case");
            return;
        }
        results.forEach((agent, played) -> console.agent(
                agent, AgentEvents.of(plan.casesOf(agent), played), took, outDir.reports(agent, results.size())));
    }

    /** What the compression of the same bytes takes alone, when there was any. */
    private void floor(Map<String, List<CaseRecord>> results, Duration took) throws InterruptedException {
        List<DeflateFloor.Load> loads = results.values().stream()
                .flatMap(List::stream)
                .flatMap(one ->
                        one.deflate().stream().map(parameters -> new DeflateFloor.Load(one.testCase(), parameters)))
                .toList();
        if (loads.isEmpty()) {
            return;
        }
        DeflateFloor.Measured floor = DeflateFloor.measure(loads);
        console.line(String.format(
                Locale.ROOT,
                "compression: %d cases, %.1f GB; deflating and inflating that alone takes %.1f s here on %d processors"
                        + " (processor time of ten messages of every hundred); this run took %.2f times as long",
                loads.size(),
                floor.bytes() / GIGA,
                floor.time().toMillis() / MILLIS_PER_SECOND,
                floor.threads(),
                (double) took.toNanos() / floor.time().toNanos()));
    }
}
