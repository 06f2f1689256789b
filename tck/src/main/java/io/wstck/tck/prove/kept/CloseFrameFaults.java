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
import java.util.Set;

/** Faults of reading the server's close frames (RFC 6455 §5.5.1, §7.4). Stateless. */
final class CloseFrameFaults {
    private CloseFrameFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "close-frame.one-byte-ignored",
                        breaks("rfc6455.close.payload"),
                        "a close frame with one byte is passed over",
                        received(without(frame -> frame.is(Frame.CLOSE) && frame.payload().length == 1))),
                wire(
                        "close-frame.empty-refused",
                        breaks("rfc6455.close.payload", "remote-close.echoed"),
                        "an empty close frame fails the connection",
                        received(where(
                                frame -> frame.is(Frame.CLOSE) && frame.payload().length == 0,
                                frame -> frame.withPayload(new byte[1])))),
                wire(
                        "close-frame.long-reason-refused",
                        breaks("rfc6455.close.payload"),
                        "a reason of 123 bytes fails the connection",
                        received(where(
                                frame -> frame.is(Frame.CLOSE) && frame.payload().length == 125,
                                frame -> frame.withPayload(Arrays.copyOf(frame.payload(), 1))))),
                wire(
                        "close-frame.reserved-codes-echoed",
                        breaks("rfc6455.close.codes"),
                        "codes that must not be on the wire are answered with themselves",
                        ReservedCodes::new));
    }

    /** The client sees an application's code in place of a reserved one, and its answer is turned back. */
    private static final class ReservedCodes implements Tampering {
        private static final Set<Integer> RESERVED = Set.of(1004, 1005, 1006, 1015);
        private static final int DISTANCE = 3000;

        @Override
        public void fromServer(Frame frame, Wire wire) throws IOException {
            int code = frame.is(Frame.CLOSE) ? frame.closeCode().orElse(0) : 0;
            wire.toClient(RESERVED.contains(code) ? frame.withCloseCode(code + DISTANCE) : frame);
        }

        @Override
        public void fromClient(Frame frame, Wire wire) throws IOException {
            int code = frame.is(Frame.CLOSE) ? frame.closeCode().orElse(0) - DISTANCE : 0;
            wire.toServer(RESERVED.contains(code) ? frame.withCloseCode(code) : frame);
        }
    }
}
