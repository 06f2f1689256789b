package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.server.wire.FrameHeader;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Faults that appear only when several calls use one connection at the same time. Stateless. */
final class ParallelFaults {
    private static final int LONG = 1 << 20;

    private ParallelFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "parallel.fragments-interleaved",
                        breaks("rfc6455.fragmentation.client-reserved"),
                        "of two concurrent long messages the second is sent between the fragments of the first",
                        () -> new LongFrameInterleaving(RelayedFrame::isData, ParallelFaults::writeBetweenFragments)),
                wire(
                        "parallel.bytes-mixed",
                        breaks("rfc6455.fragmentation.client-reserved"),
                        "of two concurrent long messages the second is written into the frame of the first",
                        () -> new LongFrameInterleaving(RelayedFrame::isData, ParallelFaults::writeInside)),
                wire(
                        "parallel.compressed-out-of-order",
                        breaks("rfc6455.fragmentation.client-reserved"),
                        "compressed messages that wait for a long one are written in the wrong order",
                        SwappedMessages::new),
                wire(
                        "parallel.ping-inside-frame",
                        breaks("rfc6455.close.while-writing"),
                        "a ping of the client is written into a concurrent long frame",
                        () -> new LongFrameInterleaving(
                                next -> next.is(RelayedFrame.PING), ParallelFaults::writeInside)),
                wire(
                        "parallel.close-cuts-frame",
                        breaks("rfc6455.close.while-writing"),
                        "close() cuts a concurrent long frame and writes its close frame after it",
                        () -> new LongFrameInterleaving(next -> next.is(RelayedFrame.CLOSE), ParallelFaults::cut)));
    }

    private static void writeBetweenFragments(RelayedFrame first, RelayedFrame next, RelayOutput wire)
            throws IOException {
        int half = first.payload().length / 2;
        wire.toServer(first.withPayload(Arrays.copyOf(first.payload(), half)).withFin(false));
        wire.toServer(next);
        wire.toServer(RelayedFrame.toServer(
                RelayedFrame.CONTINUATION, Arrays.copyOfRange(first.payload(), half, first.payload().length)));
    }

    private static void writeInside(RelayedFrame first, RelayedFrame next, RelayOutput wire) throws IOException {
        byte[] bytes = first.bytes();
        cut(first, next, wire);
        wire.bytesToServer(Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length));
    }

    private static void cut(RelayedFrame first, RelayedFrame next, RelayOutput wire) throws IOException {
        byte[] bytes = first.bytes();
        wire.bytesToServer(Arrays.copyOf(bytes, bytes.length / 2));
        wire.toServer(next);
    }

    /** Writes a long frame and the frame that is sent at the same time. */
    @FunctionalInterface
    private interface InterleavedWriter {
        void write(RelayedFrame first, RelayedFrame next, RelayOutput wire) throws IOException;
    }

    /** Delays whole messages of 1 MiB or more. Then writes each wrongly with a frame of one kind. */
    private static final class LongFrameInterleaving extends HeldFrames {
        private final Predicate<RelayedFrame> kind;
        private final InterleavedWriter wrong;

        LongFrameInterleaving(Predicate<RelayedFrame> kind, InterleavedWriter wrong) {
            this.kind = kind;
            this.wrong = wrong;
        }

        @Override
        boolean holds(RelayedFrame frame) {
            return frame.isData()
                    && frame.fin()
                    && !frame.is(RelayedFrame.CONTINUATION)
                    && frame.payload().length >= LONG;
        }

        @Override
        void together(RelayedFrame first, RelayedFrame next, RelayOutput wire) throws IOException {
            if (kind.test(next)) {
                wrong.write(first, next, wire);
            } else {
                wire.toServer(first);
                wire.toServer(next);
            }
        }
    }

    /** Swaps the first two compressed messages that follow a long one. */
    private static final class SwappedMessages extends HeldFrames {
        /** The number of bytes of the current or last message. */
        private long length;

        private boolean afterLong;

        @Override
        boolean holds(RelayedFrame frame) {
            boolean held = afterLong && frame.fin() && frame.rsv() == FrameHeader.RSV1;
            if (frame.isData()) {
                length = frame.is(RelayedFrame.CONTINUATION) ? length + frame.payload().length : frame.payload().length;
                afterLong = frame.fin() && length >= LONG;
            }
            return held;
        }

        @Override
        void together(RelayedFrame first, RelayedFrame next, RelayOutput wire) throws IOException {
            if (next.rsv() == FrameHeader.RSV1 && next.fin()) {
                wire.toServer(next);
                wire.toServer(first);
            } else {
                wire.toServer(first);
                wire.toServer(next);
            }
        }
    }

    /**
     * Delays some frames of the client until the next frame arrives or a short time has passed. Frames that are sent at
     * the same time thus meet in the relay.
     */
    private abstract static class HeldFrames implements Tampering {
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
}
