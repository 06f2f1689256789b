package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.wire;
import static io.wstck.tck.prove.kept.FrameChanges.received;
import static io.wstck.tck.prove.kept.FrameChanges.where;
import static io.wstck.tck.prove.kept.FrameChanges.without;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Faults of reading frames (RFC 6455 §5.1, §5.2, §5.5). Stateless. */
final class FramingFaults {
    private FramingFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "frames.reserved-bits-accepted",
                        breaks("rfc6455.framing.reserved-bits"),
                        "reserved bits are passed over",
                        received(where(_ -> true, frame -> frame.withRsv(0)))),
                wire(
                        "frames.rsv1-accepted",
                        breaks("rfc6455.framing.reserved-bits"),
                        "RSV1 is passed over",
                        received(where(_ -> true, frame -> frame.withRsv(frame.rsv() & 3)))),
                wire(
                        "frames.reserved-opcodes-ignored",
                        breaks("rfc6455.framing.reserved-opcodes"),
                        "frames with a reserved opcode are passed over",
                        received(without(FramingFaults::reserved))),
                wire(
                        "frames.reserved-opcodes-as-text",
                        breaks("rfc6455.framing.reserved-opcodes"),
                        "frames with a reserved opcode are taken for text",
                        received(where(FramingFaults::reserved, frame -> frame.withOpcode(Frame.TEXT)))),
                wire(
                        "frames.masked-accepted",
                        breaks("rfc6455.framing.masked"),
                        "masked frames of the server are unmasked and accepted",
                        received(where(_ -> true, Frame::unmasked))),
                wire(
                        "control.mask-overlooked",
                        breaks("rfc6455.framing.masked"),
                        "the mask bit of a control frame is overlooked, so that the key is taken for its payload",
                        () -> new Tampering() {
                            @Override
                            public void fromServer(Frame frame, Wire wire) throws IOException {
                                if (frame.control()) {
                                    wire.bytesToClient(frame.maskOverlooked());
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
                        received(where(Frame::control, frame -> frame.withPayload(frame.payload())))),
                wire(
                        "fragments.long-form-accepted",
                        breaks("rfc6455.framing.minimal-length"),
                        "a length form that is not the shortest is accepted on continuation frames",
                        received(where(
                                frame -> frame.is(Frame.CONTINUATION), frame -> frame.withPayload(frame.payload())))),
                wire(
                        "frames.length-modulo-65536",
                        breaks("rfc6455.framing.length"),
                        "of a 64-bit length only the lower 16 bits are read",
                        received(where(
                                frame -> frame.payload().length > 65_535,
                                frame -> frame.withPayload(
                                        Arrays.copyOf(frame.payload(), frame.payload().length & 0xffff))))),
                wire(
                        "frames.length-lower-half",
                        breaks("rfc6455.framing.length"),
                        "of a 64-bit length only the lower 32 bits are read",
                        () -> new LowerHalfOfLength(_ -> true)),
                wire(
                        "frames.length-multiple-of-2-32",
                        breaks("rfc6455.framing.length"),
                        "a length that is a multiple of 2^32 is read as zero, unless its top bit is set",
                        () -> new LowerHalfOfLength(length -> length > 0 && (int) length == 0)),
                wire(
                        "control.too-long-accepted",
                        breaks("rfc6455.control.length"),
                        "of a control frame above 125 bytes the first 125 are taken",
                        received(where(
                                frame -> frame.control() && frame.payload().length > 125,
                                frame -> frame.withPayload(Arrays.copyOf(frame.payload(), 125))))),
                wire(
                        "control.fragments-accepted",
                        breaks("rfc6455.control.fragmented"),
                        "a control frame without FIN is taken for a whole one",
                        received(where(Frame::control, frame -> frame.withFin(true)))));
    }

    private static boolean reserved(Frame frame) {
        return (frame.opcode() > Frame.BINARY && frame.opcode() < Frame.CLOSE) || frame.opcode() > Frame.PONG;
    }
}
