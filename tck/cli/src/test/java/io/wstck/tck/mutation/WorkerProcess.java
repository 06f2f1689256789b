package io.wstck.tck.mutation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Runs a {@link MutationWorker} as a process. Starts it when needed and again after it has ended. For one thread. */
final class WorkerProcess implements AutoCloseable {
    /** The time for all cases, one by one, on a busy machine. */
    private static final Duration COVERAGE = Duration.ofMinutes(40);

    /**
     * The time for one mutant. All cases side by side take about 10 s, and longer if the mutant slows down each of
     * them.
     */
    private static final Duration MUTANT = Duration.ofMinutes(5);

    /** The time for the worker's checks between two mutants. */
    private static final Duration HEALTH = Duration.ofSeconds(30);

    private static final Duration END = Duration.ofSeconds(5);

    private final Path folder;
    private final MutationEffort effort;
    private final Optional<Path> cases;
    private Optional<RunningWorker> running = Optional.empty();

    /**
     * Does not start the worker yet.
     *
     * @param folder the folder of the coverage
     * @param cases a folder of cases in place of the shipped ones
     */
    WorkerProcess(Path folder, MutationEffort effort, Optional<Path> cases) {
        this.folder = folder;
        this.effort = effort;
        this.cases = cases;
    }

    private record RunningWorker(Process process, PrintWriter input, BlockingQueue<Optional<String>> lines) {
        /** The next line. Empty if the process has ended or printed no line in time. */
        Optional<String> next(Duration limit) throws InterruptedException {
            Optional<String> line = lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            return line == null ? Optional.empty() : line;
        }
    }

    /**
     * Plays one mutant.
     *
     * @param position the position of the mutant among all mutants
     * @throws IOException if the process cannot be started
     */
    MutantOutcome play(int position) throws IOException, InterruptedException {
        RunningWorker worker = ready();
        long begun = System.nanoTime();
        worker.input().println(position);
        Optional<String> line = worker.next(MUTANT);
        if (line.isPresent()) {
            return MutantOutcome.parse(line.get());
        }
        boolean ended = worker.process().waitFor(END.toNanos(), TimeUnit.NANOSECONDS);
        close();
        String detail = ended ? "the process of the kit ended" : "no outcome within " + MUTANT.toSeconds() + " s";
        return new MutantOutcome(MutantOutcome.Kind.UNDECIDED, detail, 0, (System.nanoTime() - begun) / 1_000_000);
    }

    /** A process that waits for a position: the running one or a new one. */
    private RunningWorker ready() throws IOException, InterruptedException {
        if (running.isPresent() && isReady(running.get(), HEALTH)) {
            return running.get();
        }
        close();
        RunningWorker started = start();
        running = Optional.of(started);
        if (!isReady(started, COVERAGE)) {
            close();
            throw new IOException("the process that plays mutants did not start; what it said is in " + errors());
        }
        return started;
    }

    private static boolean isReady(RunningWorker worker, Duration limit) throws InterruptedException {
        return worker.next(limit).filter(MutationWorker.READY::equals).isPresent();
    }

    private RunningWorker start() throws IOException {
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
                .start();
        BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().name("worker-output").start(() -> {
            try (output) {
                output.lines().forEach(line -> lines.add(Optional.of(line)));
            } catch (UncheckedIOException | IOException e) {
                // The process was killed while it printed.
                return;
            } finally {
                lines.add(Optional.empty());
            }
        });
        PrintWriter input =
                new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        return new RunningWorker(process, input, lines);
    }

    /** The file for the standard error of the process, mostly exceptions of mutants. */
    private Path errors() {
        return folder.resolve("errors.txt");
    }

    /** The Java, flags and class path of this process. */
    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-javaagent:" + System.getProperty("mutation.agent"));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(MutationWorker.class.getName());
        command.add(folder.toString());
        command.add(effort.name());
        cases.ifPresent(path -> command.add(path.toString()));
        return command;
    }

    @Override
    public void close() {
        running.ifPresent(worker -> worker.process().destroyForcibly());
        running = Optional.empty();
    }
}
