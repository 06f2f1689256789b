package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Faults that show only when several calls are made on one connection at the same time. Stateless. */
final class ParallelFaults {
    private static final int LONG = 1 << 20;

    private ParallelFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "parallel.fragments-interleaved",
                        breaks("rfc6455.fragmentation.client-reserved"),
                        "of two long messages that are sent at the same time the second stands between the fragments of the first",
                        () -> new BesideLong(Frame::data, ParallelFaults::writeBetweenFragments)),
                wire(
                        "parallel.bytes-mixed",
                        breaks("rfc6455.fragmentation.client-reserved"),
                        "of two long messages that are sent at the same time the second is written into the frame of the first",
                        () -> new BesideLong(Frame::data, ParallelFaults::writeInside)),
                wire(
                        "parallel.compressed-out-of-order",
                        breaks("rfc6455.fragmentation.client-reserved"),
                        "compressed messages that wait behind a long one are written in another order than they were compressed in",
                        OutOfOrder::new),
                wire(
                        "parallel.ping-inside-frame",
                        breaks("rfc6455.close.while-writing"),
                        "a ping of the client is written into the long frame that is sent at the same time",
                        () -> new BesideLong(next -> next.is(Frame.PING), ParallelFaults::writeInside)),
                wire(
                        "parallel.close-cuts-frame",
                        breaks("rfc6455.close.while-writing"),
                        "close() cuts the long frame that is sent at the same time, and writes its close frame behind it",
                        () -> new BesideLong(next -> next.is(Frame.CLOSE), ParallelFaults::cut)));
    }

    private static void writeBetweenFragments(Frame first, Frame next, Wire wire) throws IOException {
        int half = first.payload().length / 2;
        wire.toServer(first.withPayload(Arrays.copyOf(first.payload(), half)).withFin(false));
        wire.toServer(next);
        wire.toServer(
                Frame.toServer(Frame.CONTINUATION, Arrays.copyOfRange(first.payload(), half, first.payload().length)));
    }

    private static void writeInside(Frame first, Frame next, Wire wire) throws IOException {
        byte[] bytes = first.bytes();
        cut(first, next, wire);
        wire.bytesToServer(Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length));
    }

    private static void cut(Frame first, Frame next, Wire wire) throws IOException {
        byte[] bytes = first.bytes();
        wire.bytesToServer(Arrays.copyOf(bytes, bytes.length / 2));
        wire.toServer(next);
    }

    /** How a long frame and the one that is sent beside it are written. */
    @FunctionalInterface
    private interface Writing {
        void write(Frame first, Frame next, Wire wire) throws IOException;
    }

    /** Holds whole messages of a megabyte or more, and writes each in a wrong way beside a frame of one kind. */
    private static final class BesideLong extends HeldFrames {
        private final Predicate<Frame> kind;
        private final Writing wrong;

        BesideLong(Predicate<Frame> kind, Writing wrong) {
            this.kind = kind;
            this.wrong = wrong;
        }

        @Override
        boolean holds(Frame frame) {
            return frame.data() && frame.fin() && !frame.is(Frame.CONTINUATION) && frame.payload().length >= LONG;
        }

        @Override
        void together(Frame first, Frame next, Wire wire) throws IOException {
            if (kind.test(next)) {
                wrong.write(first, next, wire);
            } else {
                wire.toServer(first);
                wire.toServer(next);
            }
        }
    }

    /** Swaps the first two compressed messages that follow a long one. */
    private static final class OutOfOrder extends HeldFrames {
        /** Bytes of the message under way, or of the one before. */
        private long length;

        private boolean afterLong;

        @Override
        boolean holds(Frame frame) {
            boolean held = afterLong && frame.fin() && frame.rsv() == 4;
            if (frame.data()) {
                length = frame.is(Frame.CONTINUATION) ? length + frame.payload().length : frame.payload().length;
                afterLong = frame.fin() && length >= LONG;
            }
            return held;
        }

        @Override
        void together(Frame first, Frame next, Wire wire) throws IOException {
            if (next.rsv() == 4 && next.fin()) {
                wire.toServer(next);
                wire.toServer(first);
            } else {
                wire.toServer(first);
                wire.toServer(next);
            }
        }
    }
}
