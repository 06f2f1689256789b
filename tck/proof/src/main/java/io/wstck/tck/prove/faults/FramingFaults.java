package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.wire;
import static io.wstck.tck.prove.faults.FrameTamperings.received;
import static io.wstck.tck.prove.faults.FrameTamperings.where;
import static io.wstck.tck.prove.faults.FrameTamperings.without;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Faults in reading frames (RFC 6455 §5.1, §5.2, §5.5). Stateless. */
final class FramingFaults {
    private FramingFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "frames.reserved-bits-accepted",
                        breaks("rfc6455.framing.reserved-bits"),
                        "reserved bits are ignored",
                        received(where(_ -> true, frame -> frame.withRsv(0)))),
                wire(
                        "frames.rsv1-accepted",
                        breaks("rfc6455.framing.reserved-bits"),
                        "RSV1 is ignored",
                        received(where(_ -> true, frame -> frame.withRsv(frame.rsv() & 3)))),
                wire(
                        "frames.reserved-opcodes-ignored",
                        breaks("rfc6455.framing.reserved-opcodes"),
                        "frames with a reserved opcode are ignored",
                        received(without(FramingFaults::reserved))),
                wire(
                        "frames.reserved-opcodes-as-text",
                        breaks("rfc6455.framing.reserved-opcodes"),
                        "frames with a reserved opcode are treated as text",
                        received(where(FramingFaults::reserved, frame -> frame.withOpcode(RelayedFrame.TEXT)))),
                wire(
                        "frames.masked-accepted",
                        breaks("rfc6455.framing.masked"),
                        "masked frames of the server are unmasked and accepted",
                        received(where(_ -> true, RelayedFrame::unmasked))),
                wire(
                        "control.mask-overlooked",
                        breaks("rfc6455.framing.masked"),
                        "the mask bit of a control frame is ignored, so that the key is read as payload",
                        () -> new Tampering() {
                            @Override
                            public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
                                if (frame.isControl()) {
                                    wire.bytesToClient(frame.bytesIgnoringMask());
                                } else {
                                    wire.toClient(frame);
                                }
                            }
                        }),
                wire(
                        "frames.long-form-accepted",
                        breaks("rfc6455.framing.minimal-length"),
                        "a length form that is not the shortest is accepted",
                        received(where(_ -> true, frame -> frame.withPayload(frame.payload())))),
                wire(
                        "control.long-form-accepted",
                        breaks("rfc6455.framing.minimal-length"),
                        "a length form that is not the shortest is accepted on control frames",
                        received(where(RelayedFrame::isControl, frame -> frame.withPayload(frame.payload())))),
                wire(
                        "fragments.long-form-accepted",
                        breaks("rfc6455.framing.minimal-length"),
                        "a length form that is not the shortest is accepted on continuation frames",
                        received(where(
                                frame -> frame.is(RelayedFrame.CONTINUATION),
                                frame -> frame.withPayload(frame.payload())))),
                wire(
                        "frames.length-modulo-65536",
                        breaks("rfc6455.framing.length"),
                        "only the lower 16 bits of a 64-bit length are read",
                        received(where(
                                frame -> frame.payload().length > 65_535,
                                frame -> frame.withPayload(
                                        Arrays.copyOf(frame.payload(), frame.payload().length & 0xffff))))),
                wire(
                        "frames.length-lower-half",
                        breaks("rfc6455.framing.length"),
                        "only the lower 32 bits of a 64-bit length are read",
                        () -> new TruncatedLength(_ -> true)),
                wire(
                        "frames.length-multiple-of-2-32",
                        breaks("rfc6455.framing.length"),
                        "a length that is a multiple of 2^32 is read as zero, unless its top bit is set",
                        () -> new TruncatedLength(length -> length > 0 && (int) length == 0)),
                wire(
                        "control.too-long-accepted",
                        breaks("rfc6455.control.length"),
                        "a control frame above 125 bytes is cut to 125",
                        received(where(
                                frame -> frame.isControl() && frame.payload().length > 125,
                                frame -> frame.withPayload(Arrays.copyOf(frame.payload(), 125))))),
                wire(
                        "control.fragments-accepted",
                        breaks("rfc6455.control.fragmented"),
                        "a control frame without FIN is treated as a whole one",
                        received(where(RelayedFrame::isControl, frame -> frame.withFin(true)))));
    }

    private static boolean reserved(RelayedFrame frame) {
        return (frame.opcode() > RelayedFrame.BINARY && frame.opcode() < RelayedFrame.CLOSE)
                || frame.opcode() > RelayedFrame.PONG;
    }
}
