package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.RelayOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Resets a relayed connection when a time limit expires. Any thread. Its own thread ends with {@link #close}. */
final class ResetTimer implements AutoCloseable {
    private final Duration time;
    private final RelayOutput wire;
    private final Thread thread = Thread.ofVirtual().name("fault-reset-timer").unstarted(this::run);

    /** The {@link System#nanoTime} at which the limit expires. */
    private volatile long end;

    private ResetTimer(Duration time, RelayOutput wire) {
        this.time = time;
        this.wire = wire;
        restart();
    }

    /** Starts a timer whose time begins now. */
    static ResetTimer start(Duration time, RelayOutput wire) {
        ResetTimer timer = new ResetTimer(time, wire);
        timer.thread.start();
        return timer;
    }

    /** Starts the whole time again. */
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
            wire.endToClient(RelayOutput.TcpEnding.RST);
        } catch (IOException e) {
            throw new UncheckedIOException("a connection whose time is over could not be reset", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
