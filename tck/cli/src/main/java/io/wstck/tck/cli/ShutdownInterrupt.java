package io.wstck.tck.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread of a command after Ctrl-C or a termination signal. The process then waits until the command has
 * written its results and closed its resources. The command closes this object at its end.
 */
final class ShutdownInterrupt implements AutoCloseable {
    /** The longest wait in seconds, long enough for a run to end its cases and to write its reports. */
    private static final long MAX_WAIT_SECONDS = 20;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private ShutdownInterrupt(Thread command, Runnable lastAction) {
        hook = new Thread(() -> end(command, lastAction), "interruption");
    }

    /** Interrupts the calling thread. The process ends with the status of its signal. */
    static ShutdownInterrupt forCommand() {
        return register(() -> {});
    }

    /** Interrupts the calling thread, which judges. The process ends with {@link ExitStatus#NOT_JUDGED}. */
    static ShutdownInterrupt forRun() {
        // During a shutdown only halt can set the exit status.
        return register(() -> Runtime.getRuntime().halt(ExitStatus.NOT_JUDGED.code()));
    }

    /** Interrupts the calling thread, which serves. The process ends with {@link ExitStatus#OK}. */
    static ShutdownInterrupt forServer() {
        return register(() -> Runtime.getRuntime().halt(ExitStatus.OK.code()));
    }

    private static ShutdownInterrupt register(Runnable lastAction) {
        ShutdownInterrupt interruption = new ShutdownInterrupt(Thread.currentThread(), lastAction);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void end(Thread command, Runnable lastAction) {
        command.interrupt();
        try {
            // After this time the process ends anyway. The events of a run are on disk, without a footer.
            var _ = done.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lastAction.run();
        }
    }

    /** Serves until an interrupt or until a driver stops it. */
    @FunctionalInterface
    interface Server {
        void run() throws CommandFailure, InterruptedException;
    }

    /**
     * Runs a server, prints how it ended, and closes this.
     *
     * @param server returns when a driver has stopped it
     * @return the exit status, also after an interrupt
     */
    int serve(CliEnvironment environment, Server server) throws CommandFailure {
        // Closed last: an interrupted process ends then, and later output is lost.
        try (this) {
            runAndPrint(environment.out(), server);
        }
        return ExitStatus.OK.code();
    }

    private static void runAndPrint(PrintStream out, Server server) throws CommandFailure {
        try {
            server.run();
            out.println("stopped by a driver");
        } catch (InterruptedException e) {
            // Interrupted by Ctrl-C, or by a program that runs this command in a thread.
            out.println("closed");
        } finally {
            out.flush();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook is running: the process is ending.
            return;
        }
    }
}
