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

/** A {@link MutationWorker} in a process of its own, started when it is needed, and again when it has ended. One thread. */
final class WorkerProcess implements AutoCloseable {
    /** All cases one after the other, on a busy machine. */
    private static final Duration COVERAGE = Duration.ofMinutes(40);

    /** All cases side by side take some 10 s; a mutant that makes each of them slow is told by then. */
    private static final Duration MUTANT = Duration.ofMinutes(5);

    /** What the worker does between two mutants. */
    private static final Duration HEALTH = Duration.ofSeconds(30);

    private static final Duration END = Duration.ofSeconds(5);

    private final Path folder;
    private final Effort effort;
    private final Optional<Path> cases;
    private Optional<Running> running = Optional.empty();

    /**
     * A worker that is not started yet.
     *
     * @param folder where coverage is kept
     * @param cases in place of the shipped ones
     */
    WorkerProcess(Path folder, Effort effort, Optional<Path> cases) {
        this.folder = folder;
        this.effort = effort;
        this.cases = cases;
    }

    private record Running(Process process, PrintWriter input, BlockingQueue<Optional<String>> lines) {
        /** The next line; empty when the process has ended, or has printed none in time. */
        Optional<String> next(Duration limit) throws InterruptedException {
            Optional<String> line = lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            return line == null ? Optional.empty() : line;
        }
    }

    /**
     * Plays one mutant.
     *
     * @param position of the mutant among all
     * @throws IOException when the process cannot be started
     */
    Outcome play(int position) throws IOException, InterruptedException {
        Running worker = ready();
        long begun = System.nanoTime();
        worker.input().println(position);
        Optional<String> line = worker.next(MUTANT);
        if (line.isPresent()) {
            return Outcome.parse(line.get());
        }
        boolean ended = worker.process().waitFor(END.toNanos(), TimeUnit.NANOSECONDS);
        close();
        String detail = ended ? "the process of the kit ended" : "no outcome within " + MUTANT.toSeconds() + " s";
        return new Outcome(Outcome.Kind.UNDECIDED, detail, 0, (System.nanoTime() - begun) / 1_000_000);
    }

    /** A process that waits for a position: the one that runs, or else a new one. */
    private Running ready() throws IOException, InterruptedException {
        if (running.isPresent() && isReady(running.get(), HEALTH)) {
            return running.get();
        }
        close();
        Running started = start();
        running = Optional.of(started);
        if (!isReady(started, COVERAGE)) {
            close();
            throw new IOException("the process that plays mutants did not start; what it said is in " + errors());
        }
        return started;
    }

    private static boolean isReady(Running worker, Duration limit) throws InterruptedException {
        return worker.next(limit).filter(MutationWorker.READY::equals).isPresent();
    }

    private Running start() throws IOException {
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
        return new Running(process, input, lines);
    }

    /** What the process prints beside its outcomes: exceptions of mutants, for the most part. */
    private Path errors() {
        return folder.resolve("errors.txt");
    }

    /** The same Java, flags and class path as this process has, which the command has set. */
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
