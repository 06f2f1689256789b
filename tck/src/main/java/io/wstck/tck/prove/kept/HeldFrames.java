package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Holds some frames of the client back until the next frame has come, or for a short time: what is sent at the same time meets here. */
abstract class HeldFrames implements Tampering {
    private static final Duration TIME = Duration.ofMillis(200);

    /** Guards what follows, and the order of what is written. */
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<Frame> held = Optional.empty();

    /** How many frames have been held, which tells a later one from the one whose time is over. */
    private int holdings;

    /** Whether the frame waits for the next one. Asked for each frame, in their order. */
    abstract boolean holds(Frame frame);

    /** Writes a frame that was held and the next one, in whatever form. */
    abstract void together(Frame first, Frame next, Wire wire) throws IOException;

    @Override
    public void fromClient(Frame frame, Wire wire) throws IOException {
        lock.lock();
        try {
            boolean holds = holds(frame);
            if (held.isPresent()) {
                Frame first = held.get();
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

    private void release(int holding, Wire wire) {
        try {
            Thread.sleep(TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            if (held.isPresent() && holding == holdings) {
                Frame frame = held.get();
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
