package io.wstck.tck.mutation;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.server.ServerLogging;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Implementation;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The process with the mutated client. It reads the positions of mutants from standard input, one per line, and prints
 * an outcome for each. It ends if a mutant has left state that could affect the next one. {@link MutationMain} then
 * starts another process.
 *
 * <p>Arguments: the folder of the coverage, a {@link MutationEffort}, and optionally a folder of cases.
 */
public final class MutationWorker {
    /** The line that requests the next position. */
    static final String READY = "ready";

    private static final Duration LOOK = Duration.ofMillis(150);
    private static final int LOOKS = 10;

    /** The processor share above which a thread of the mutant still runs. */
    private static final double BUSY = 0.5;

    private static final int HEALTH_CASES = 4;
    private static final int JOBS = 4;

    private MutationWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, CaseFileException {
        ServerLogging.silence();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Output of scripts must not be read as an outcome.
        System.setOut(System.err);
        Mutants mutants = new Mutants(ClientClasses.load());
        MutationEffort effort = MutationEffort.valueOf(arguments[1]);
        Optional<Path> folder = arguments.length > 2 ? Optional.of(Path.of(arguments[2])) : Optional.empty();
        MutationCases cases = MutationCases.load(folder);
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                Implementation client = new BundledClient("mutant", trust)) {
            MutationCasePlayer played = new MutationCasePlayer(client, server);
            CaseCoverage coverage = new CoverageMeasurement(mutants, cases, played).of(Path.of(arguments[0]));
            List<TestCase> health = health(coverage, cases.all());
            serve(mutants, new MutantPlayer(mutants, coverage, cases.all(), played, effort), played, health, out);
        }
        // Does not wait for threads of an earlier mutant.
        Runtime.getRuntime().halt(0);
    }

    private static void serve(
            Mutants mutants, MutantPlayer player, MutationCasePlayer played, List<TestCase> health, PrintStream out)
            throws IOException, InterruptedException {
        BufferedReader positions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (true) {
            out.println(READY);
            String line = positions.readLine();
            if (line == null) {
                return;
            }
            MutantOutcome outcome = player.play(mutants.all().get(Integer.parseInt(line)));
            out.println(outcome.line());
            if (outcome.cases() > 0 && !healthy(played, health)) {
                return;
            }
        }
    }

    /** Short cases with much coverage. */
    private static List<TestCase> health(CaseCoverage coverage, List<TestCase> cases) {
        return cases.stream()
                .filter(testCase -> testCase.weight() == TestCase.Weight.LIGHT && coverage.shows(testCase))
                .filter(testCase -> coverage.duration(testCase).compareTo(Duration.ofMillis(300)) < 0)
                .sorted(Comparator.comparingInt(coverage::size).reversed())
                .limit(HEALTH_CASES)
                .toList();
    }

    /** Whether the mutant has left no state: cases pass, and no thread still runs. */
    private static boolean healthy(MutationCasePlayer played, List<TestCase> health) throws InterruptedException {
        played.reset();
        boolean passed = played.untilFinding(health, JOBS).isEmpty()
                && played.playedSinceReset().count() == health.size()
                && played.playedSinceReset().inconclusive().isEmpty();
        return passed && idle();
    }

    private static boolean idle() throws InterruptedException {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        for (int look = 0; look < LOOKS; look++) {
            long before = system.getProcessCpuTime();
            long begun = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            long used = system.getProcessCpuTime() - before;
            if (used < BUSY * (System.nanoTime() - begun) * share()) {
                return true;
            }
        }
        return false;
    }

    /** The share of a processor that a busy thread would get now. It is less than one on a busy machine. */
    private static double share() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.min(1, processors / Math.max(1, load));
    }
}
