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
import java.util.Set;

/** Faults in reading the server's close frames (RFC 6455 §5.5.1, §7.4). Stateless. */
final class CloseFrameFaults {
    private CloseFrameFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "close-frame.one-byte-ignored",
                        breaks("rfc6455.close.payload"),
                        "a close frame with one byte is ignored",
                        received(without(frame -> frame.is(RelayedFrame.CLOSE) && frame.payload().length == 1))),
                wire(
                        "close-frame.empty-refused",
                        breaks("rfc6455.close.payload", "remote-close.echoed"),
                        "an empty close frame fails the connection",
                        received(where(
                                frame -> frame.is(RelayedFrame.CLOSE) && frame.payload().length == 0,
                                frame -> frame.withPayload(new byte[1])))),
                wire(
                        "close-frame.long-reason-refused",
                        breaks("rfc6455.close.payload"),
                        "a reason of 123 bytes fails the connection",
                        received(where(
                                frame -> frame.is(RelayedFrame.CLOSE) && frame.payload().length == 125,
                                frame -> frame.withPayload(Arrays.copyOf(frame.payload(), 1))))),
                wire(
                        "close-frame.reserved-codes-echoed",
                        breaks("rfc6455.close.codes"),
                        "close codes that must not be sent are echoed",
                        ReservedCodes::new));
    }

    /** Replaces a reserved code with an application code for the client, and reverses that in the client's answer. */
    private static final class ReservedCodes implements Tampering {
        private static final Set<Integer> RESERVED = Set.of(1004, 1005, 1006, 1015);
        private static final int DISTANCE = 3000;

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            int code = frame.is(RelayedFrame.CLOSE) ? frame.closeCode().orElse(0) : 0;
            wire.toClient(RESERVED.contains(code) ? frame.withCloseCode(code + DISTANCE) : frame);
        }

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            int code = frame.is(RelayedFrame.CLOSE) ? frame.closeCode().orElse(0) - DISTANCE : 0;
            wire.toServer(RESERVED.contains(code) ? frame.withCloseCode(code) : frame);
        }
    }
}
