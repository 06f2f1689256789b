package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Delays some frames of the client until the next frame arrives or a short time has passed. Frames that are sent at the
 * same time thus meet in the relay.
 */
abstract class HeldFrames implements Tampering {
    private static final Duration TIME = Duration.ofMillis(200);

    /** Guards the fields below and the order of writes. */
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<RelayedFrame> held = Optional.empty();

    /** The number of delayed frames. It tells the timer whether its frame is still the delayed one. */
    private int holdings;

    /** Whether the frame waits for the next one. Called for each frame, in order. */
    abstract boolean holds(RelayedFrame frame);

    /** Writes a delayed frame together with the next one. */
    abstract void together(RelayedFrame first, RelayedFrame next, RelayOutput wire) throws IOException;

    @Override
    public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
        lock.lock();
        try {
            boolean holds = holds(frame);
            if (held.isPresent()) {
                RelayedFrame first = held.get();
                held = Optional.empty();
                together(first, frame, wire);
            } else if (holds) {
                held = Optional.of(frame);
                int holding = ++holdings;
                Thread.ofVirtual().name("fault-held-frame").start(() -> release(holding, wire));
            } else {
                wire.toServer(frame);
            }
        } finally {
            lock.unlock();
        }
    }

    private void release(int holding, RelayOutput wire) {
        try {
            Thread.sleep(TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            if (held.isPresent() && holding == holdings) {
                RelayedFrame frame = held.get();
                held = Optional.empty();
                wire.toServer(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a frame that was held could not be written", e);
        } finally {
            lock.unlock();
        }
    }
}
