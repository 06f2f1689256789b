package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Resets a relayed connection when its time is over. Any thread; its own ends with {@link #close}. */
final class Deadline implements AutoCloseable {
    private final Duration time;
    private final Wire wire;
    private final Thread thread = Thread.ofVirtual().name("fault-deadline").unstarted(this::run);

    /** The {@link System#nanoTime} of the end. */
    private volatile long end;

    private Deadline(Duration time, Wire wire) {
        this.time = time;
        this.wire = wire;
        restart();
    }

    /** One whose time begins now. */
    static Deadline start(Duration time, Wire wire) {
        Deadline deadline = new Deadline(time, wire);
        deadline.thread.start();
        return deadline;
    }

    /** The whole time begins anew. */
    void restart() {
        end = System.nanoTime() + time.toNanos();
    }

    private void run() {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                return;
            }
        }
        try {
            wire.endToClient(Wire.End.RST);
        } catch (IOException e) {
            throw new UncheckedIOException("a connection whose time is over could not be reset", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
