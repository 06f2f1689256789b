package io.wstck.tck.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C, and a request to end the process, into an interrupt of the thread that runs a command, and gives that time to keep what it
 * has. The process then ends with status 3 rather than the one of a program that was killed. Closed by the command when it is done.
 */
final class Interruption implements AutoCloseable {
    /** What a run needs to end its cases and to write its reports. */
    private static final long MOST_SECONDS = 20;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread command) {
        hook = new Thread(() -> end(command), "interruption");
    }

    /** From now on the calling thread is interrupted. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void end(Thread command) {
        command.interrupt();
        try {
            // What hangs longer is given up: its events are on disk, without a footer.
            var _ = done.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // While a JVM shuts down nobody else can choose its status.
            Runtime.getRuntime().halt(ExitStatus.NOT_JUDGED.code());
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
