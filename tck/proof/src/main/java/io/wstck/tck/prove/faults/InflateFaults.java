package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.luaAndWire;
import static io.wstck.tck.prove.faults.FaultFactory.wire;
import static io.wstck.tck.prove.faults.FrameTamperings.received;
import static io.wstck.tck.prove.faults.FrameTamperings.where;

import io.wstck.server.wire.FrameHeader;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.faults.ServerMessageTampering.InflatedMessageTampering.InflateContext;
import io.wstck.tck.prove.relay.PayloadInflater.InflateOutcome;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Faults of a client that receives compressed messages (RFC 7692 §6, §7.2.2). Stateless. */
final class InflateFaults {
    private static final String SHAPES = "rfc7692.inflate.shapes";
    private static final int STORED = 0;
    private static final int DYNAMIC = 2;

    /** An empty message (RFC 7692 §7.2.3.6). */
    private static final byte[] EMPTY = {0};

    private static final byte[] EMPTY_BLOCK = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int FRAGMENT_BUFFER = 64 << 10;

    private InflateFaults() {}

    static List<Fault> all() {
        return Stream.of(frames(), shapes(), contents(), size())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> frames() {
        return List.of(
                wire(
                        "deflate-frames.rsv1-on-continuation-accepted",
                        breaks("rfc7692.frames.rsv1-first"),
                        "RSV1 on a continuation frame is ignored",
                        received(where(
                                frame -> frame.is(RelayedFrame.CONTINUATION),
                                frame -> frame.withRsv(frame.rsv() & ~FrameHeader.RSV1)))),
                wire(
                        "deflate-frames.rsv1-on-control-accepted",
                        breaks("rfc7692.frames.rsv1-first"),
                        "RSV1 on a control frame is ignored",
                        received(where(
                                RelayedFrame::isControl, frame -> frame.withRsv(frame.rsv() & ~FrameHeader.RSV1)))),
                wire(
                        "deflate-frames.all-compressed",
                        breaks("rfc7692.frames.mixed"),
                        "after a compressed message every message is inflated",
                        AllCompressed::new),
                wire(
                        "deflate-frames.control-inside-refused",
                        breaks("rfc7692.frames.mixed"),
                        "a control frame between the fragments of a compressed message fails the connection",
                        ControlInsideRefused::new));
    }

    /** A client in the kit's own JVM cannot end that JVM. It raises the error that would end another program. */
    private static List<Fault> size() {
        return List.of(luaAndWire(
                "inflate.out-of-memory",
                breaks("rfc7692.inflate.unbounded"),
                "a compressed message of more than 1 MiB on the wire raises an out-of-memory error",
                """
                function client:channel()
                  return kit.tap(self.real:channel(), function(real)
                    local msg, ok = real:receive()
                    if ok and msg.data == "out of memory" then kit.raise(msg.data) end
                    return msg, ok
                  end)
                end
                """,
                LargeFragmentReported::new));
    }

    private static List<Fault> shapes() {
        return List.of(
                wire(
                        "inflate.fragments-alone",
                        breaks(SHAPES, "options.compression.inbound"),
                        "each fragment of a compressed message is inflated as a message",
                        () -> new ServerMessageTampering(message -> message.frames().stream()
                                .map(frame -> frame.withFin(true)
                                        .withOpcode(message.frames().getFirst().opcode())
                                        .withRsv(FrameHeader.RSV1))
                                .toList())),
                wire(
                        "inflate.final-block-refused",
                        breaks(SHAPES),
                        "a block with BFINAL fails the connection",
                        inflated((message, inflated) -> inflated.ending() == InflateOutcome.FINAL_BLOCK
                                ? Optional.of(message.damaged())
                                : Optional.empty())),
                wire(
                        "inflate.final-block-ends-message",
                        breaks(SHAPES),
                        "the data after a block with BFINAL is lost",
                        inflated((message, inflated) -> Optional.of(message.plain(inflated.data())))),
                wire(
                        "inflate.empty-block-ends-message",
                        breaks(SHAPES),
                        "the first empty stored block of a message is treated as its end",
                        () -> new ServerMessageTampering(
                                message -> List.of(message.compressed(untilEmptyBlock(message.payload()))))),
                wire(
                        "inflate.stored-refused",
                        breaks(SHAPES),
                        "a message that begins with a stored block fails the connection",
                        refusing(STORED)),
                wire(
                        "inflate.dynamic-refused",
                        breaks(SHAPES),
                        "a message that begins with a dynamic block fails the connection",
                        refusing(DYNAMIC)),
                wire(
                        "inflate.empty-dropped",
                        breaks(SHAPES),
                        "an empty compressed message is not delivered",
                        () -> new ServerMessageTampering(
                                message -> Arrays.equals(message.payload(), EMPTY) ? List.of() : message.frames())));
    }

    private static List<Fault> contents() {
        return List.of(
                wire(
                        "inflate.not-at-all",
                        breaks("options.compression.inbound", SHAPES),
                        "a compressed message is delivered without inflating it",
                        received(where(RelayedFrame::isData, frame -> frame.withRsv(frame.rsv() & ~FrameHeader.RSV1)))),
                wire(
                        "inflate.fragments-zeroed-at-64-kib",
                        breaks("options.compression.inbound"),
                        "a fragmented compressed binary message is delivered with zeros after its first 64 KiB",
                        inflated((message, inflated) -> message.frames().size() > 1
                                        && message.frames().getFirst().is(RelayedFrame.BINARY)
                                        && inflated.data().length > FRAGMENT_BUFFER
                                ? Optional.of(message.plain(zeroed(inflated.data())))
                                : Optional.empty())),
                wire(
                        "inflate.damaged-delivered",
                        breaks("rfc7692.inflate.damaged"),
                        "the intact beginning of a damaged message is delivered",
                        inflated((message, inflated) -> Optional.of(message.plain(inflated.data())))),
                wire(
                        "inflate.window-forgotten",
                        breaks("rfc7692.inflate.window"),
                        "the server's window is not kept from one message to the next",
                        () -> new ServerMessageTampering.InflatedMessageTampering(
                                InflateContext.LOST,
                                (message, inflated) -> inflated.ending() == InflateOutcome.DAMAGED
                                        ? Optional.of(message.damaged())
                                        : Optional.empty())));
    }

    private static Supplier<Tampering> inflated(
            ServerMessageTampering.InflatedMessageTampering.InflatedMessageChange change) {
        return () -> new ServerMessageTampering.InflatedMessageTampering(InflateContext.KEPT, change);
    }

    /** A client that does not support a type of block (RFC 1951 §3.2.3) and checks only the first block. */
    private static Supplier<Tampering> refusing(int type) {
        return () -> new ServerMessageTampering(message -> {
            byte[] payload = message.payload();
            return payload.length > 1 && (payload[0] >> 1 & 3) == type ? List.of(message.damaged()) : message.frames();
        });
    }

    private static byte[] zeroed(byte[] data) {
        return Arrays.copyOf(Arrays.copyOf(data, FRAGMENT_BUFFER), data.length);
    }

    private static byte[] untilEmptyBlock(byte[] payload) {
        for (int index = 0; index + EMPTY_BLOCK.length <= payload.length; index++) {
            if (Arrays.equals(payload, index, index + EMPTY_BLOCK.length, EMPTY_BLOCK, 0, EMPTY_BLOCK.length)) {
                return Arrays.copyOf(payload, index);
            }
        }
        return payload;
    }

    private static final class AllCompressed implements Tampering {
        /** Used only by the thread that reads from the server. */
        private boolean compressed;

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            boolean first = frame.is(RelayedFrame.TEXT) || frame.is(RelayedFrame.BINARY);
            compressed |= first && (frame.rsv() & FrameHeader.RSV1) != 0;
            wire.toClient(first && compressed ? frame.withRsv(frame.rsv() | FrameHeader.RSV1) : frame);
        }
    }

    private static final class ControlInsideRefused implements Tampering {
        /**
         * Whether the server is inside a fragmented compressed message. Used only by the thread that reads from the
         * server.
         */
        private boolean inside;

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (frame.isData()) {
                inside = !frame.fin() && (inside || (frame.rsv() & FrameHeader.RSV1) != 0);
            }
            wire.toClient(frame.isControl() && inside ? frame.withOpcode(11) : frame);
        }
    }

    /** Replaces a message that has a fragment of more than 1 MiB with the text "out of memory". */
    private static final class LargeFragmentReported implements Tampering {
        private static final int LARGE = 1 << 20;

        /**
         * The first fragment of a message, until the next frame arrives. Used only by the thread that reads from the
         * server.
         */
        private Optional<RelayedFrame> first = Optional.empty();

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (frame.isData() && frame.payload().length > LARGE) {
                first = Optional.empty();
                wire.toClient(
                        RelayedFrame.toClient(RelayedFrame.TEXT, "out of memory".getBytes(StandardCharsets.US_ASCII)));
                return;
            }
            if (first.isPresent()) {
                wire.toClient(first.get());
            }
            first = Optional.of(frame).filter(one -> one.isData() && !one.fin() && !one.is(RelayedFrame.CONTINUATION));
            if (first.isEmpty()) {
                wire.toClient(frame);
            }
        }
    }
}
