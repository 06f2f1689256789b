package io.wstck.tck.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C, and a request to end the process, into an interrupt of the thread that runs a command, and gives that time to close what it
 * holds and to keep what it has. Closed by the command when it is done: the process ends then.
 */
final class Interruption implements AutoCloseable {
    /** What a run needs to end its cases and to write its reports; a server needs less. */
    private static final long MOST_SECONDS = 20;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread command, Runnable atLast) {
        hook = new Thread(() -> end(command, atLast), "interruption");
    }

    /** From now on the calling thread is interrupted; the process ends with the status of a program that was told to end. */
    static Interruption ofThisThread() {
        return hooked(() -> {});
    }

    /** The same for a thread that judges: the process ends with the status of a run that could not. */
    static Interruption ofThisRun() {
        // While a JVM shuts down nobody else can choose its status.
        return hooked(() -> Runtime.getRuntime().halt(ExitStatus.NOT_JUDGED.code()));
    }

    private static Interruption hooked(Runnable atLast) {
        Interruption interruption = new Interruption(Thread.currentThread(), atLast);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void end(Thread command, Runnable atLast) {
        command.interrupt();
        try {
            // What hangs longer is given up: the events of a run are on disk, without a footer.
            var _ = done.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atLast.run();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: the process ends, and with it this thread.
            return;
        }
    }
}
