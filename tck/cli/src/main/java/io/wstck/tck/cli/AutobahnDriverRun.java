package io.wstck.tck.cli;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.drive.BundledDriver;
import io.wstck.tck.autobahn.drive.CompressionBaseline;
import io.wstck.tck.autobahn.drive.ProgramDriver;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.autobahn.serve.AutobahnServer;
import io.wstck.tck.autobahn.spec.AutobahnPatterns;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.run.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code autobahn-run} for clients: starts a server, runs a driver against it, and judges the results. For one run.
 *
 * @param port the port of the server; 0 for any free port
 * @param known the deviations that fail no run
 */
record AutobahnDriverRun(
        CliEnvironment environment,
        AutobahnConsole console,
        AutobahnPatterns patterns,
        Strictness strictness,
        Path folder,
        int port,
        KnownDeviations known) {
    /** The server may judge the end of the last connection after the driver has ended. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(5);

    /** The reason why a case is not judged that was in play at the time limit. */
    private static final String INTERRUPTED = "the driver was ended by --time-limit in this case";

    private static final double GIGA = 1e9;
    private static final double MILLIS_PER_SECOND = 1000;

    /** Plays the cases with the bundled client and returns the exit status. */
    int bundled(int jobs) throws CommandFailure, IOException {
        String judged = "no --server and no --driver: judging the bundled client";
        return run(
                "wstck-client " + Version.current() + " (Java)",
                judged,
                jobs + (jobs == 1 ? " job" : " jobs"),
                (server, plan, _) -> {
                    new BundledDriver(server.url(), jobs).play(plan.cases());
                    return Optional.empty();
                });
    }

    /** Runs the program of a driver and returns the exit status. */
    int program(String command, Duration limit) throws CommandFailure, IOException {
        return run("driver", "", command, (server, _, outDir) -> {
            ProgramDriver program = new ProgramDriver(command, outDir.path());
            return switch (program.run(server.url(), limit, () -> server.interruptCases(INTERRUPTED))) {
                case ProgramDriver.ProgramExit.Exited(int status) when status == 0 -> Optional.empty();
                case ProgramDriver.ProgramExit.Exited(int status) ->
                    Optional.of(failure(program, "it ended with status " + status));
                case ProgramDriver.ProgramExit.TimedOut(Duration time) ->
                    Optional.of(failure(program, "it was killed after " + time.toSeconds() + " s (--time-limit)"));
            };
        });
    }

    private String failure(ProgramDriver program, String how) throws IOException {
        program.lastErrors().forEach(line -> console.printLine("  driver: " + line));
        return "the driver failed: " + how + "; its output is in " + program.errors() + " and " + program.output();
    }

    /** Runs a driver. Returns a sentence if the driver failed. */
    @FunctionalInterface
    private interface DriverTask {
        Optional<String> drive(AutobahnServer server, AutobahnPlan plan, AutobahnReportFolder outDir)
                throws IOException, InterruptedException;
    }

    /**
     * Runs a driver and judges the results.
     *
     * @param note a line that is printed before the run, or empty
     */
    private int run(String player, String note, String detail, DriverTask driver) throws CommandFailure, IOException {
        AutobahnServerStarter starter = new AutobahnServerStarter(environment);
        AutobahnPlan plan = starter.plan(AutobahnCorpus.standard(), patterns);
        AutobahnReportFolder outDir = starter.outDir(folder, EndpointRole.CLIENT, known);
        try (AutobahnServer server =
                starter.start(starter.setup(plan, strictness, outDir, List.of()), Optional.empty(), port)) {
            AutobahnServerStarter.create(outDir, "--outdir");
            int cases = plan.cases().size();
            console.printLine("wstck " + Version.current() + " · " + player + " · " + cases
                    + (cases == 1 ? " case" : " cases") + " of Autobahn · " + detail);
            if (!note.isEmpty()) {
                console.printLine(note);
            }
            long start = System.nanoTime();
            Optional<String> failure;
            try (AutobahnProgress _ = new AutobahnProgress(console, server, cases)) {
                failure = driver.drive(server, plan, outDir);
                server.awaitIdle(IDLE_TIMEOUT);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            server.writeReports();
            report(server.results(), plan, outDir, took);
            failure.ifPresent(console::notJudged);
            printCompressionBaseline(server.results(), took);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("the run was interrupted before its end");
        }
        return console.status();
    }

    private void report(
            Map<String, List<CaseSummary>> results, AutobahnPlan plan, AutobahnReportFolder outDir, Duration took) {
        if (results.isEmpty()) {
            console.notJudged("not judged: the driver played no case to its end");
            return;
        }
        results.forEach((agent, played) -> console.printAgent(
                agent, outDir.cases(plan, agent, played), took, outDir.reports(agent, results.size())));
    }

    /** Prints how long the compression of the same data takes by itself, if the cases used compression. */
    private void printCompressionBaseline(Map<String, List<CaseSummary>> results, Duration took)
            throws InterruptedException {
        List<CompressionBaseline.NegotiatedCase> loads = results.values().stream()
                .flatMap(List::stream)
                .flatMap(one -> one.deflate().stream()
                        .map(parameters -> new CompressionBaseline.NegotiatedCase(one.testCase(), parameters)))
                .toList();
        if (loads.isEmpty()) {
            return;
        }
        CompressionBaseline.BaselineMeasurement floor = CompressionBaseline.measure(loads);
        console.printLine(String.format(
                Locale.ROOT,
                "compression: %d cases, %.1f GB; compressing this data alone takes %.1f s here on %d processors"
                        + " (estimated from ten of every hundred messages); this run took %.2f times as long",
                loads.size(),
                floor.bytes() / GIGA,
                floor.time().toMillis() / MILLIS_PER_SECOND,
                floor.threads(),
                (double) took.toNanos() / floor.time().toNanos()));
    }
}
