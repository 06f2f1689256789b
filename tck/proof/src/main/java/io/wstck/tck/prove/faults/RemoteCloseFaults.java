package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.wire;
import static io.wstck.tck.prove.faults.FrameTamperings.received;
import static io.wstck.tck.prove.faults.FrameTamperings.where;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Faults in handling the server's close or the end of TCP. Stateless. */
final class RemoteCloseFaults {
    private RemoteCloseFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "remote-close.not-answered",
                        breaks("remote-close.echoed", "rfc6455.close.payload", "rfc6455.close.codes"),
                        "the server's close frame is not answered",
                        () -> new CloseAnswerTampering() {
                            @Override
                            void answer(RelayedFrame close, RelayOutput wire) {
                                // The frame is dropped.
                            }
                        }),
                wire(
                        "remote-close.answered-twice",
                        breaks("remote-close.echoed", "rfc6455.close.after", "rfc6455.close.simultaneous"),
                        "the server's close frame is answered even if the client has already closed",
                        UnconditionalCloseAnswer::new),
                wire(
                        "remote-close.answered-1002",
                        breaks("remote-close.echoed", "rfc6455.close.payload", "rfc6455.close.codes"),
                        "the server's close frame is answered with 1002",
                        () -> new CloseAnswerTampering() {
                            @Override
                            void answer(RelayedFrame close, RelayOutput wire) throws IOException {
                                wire.toServer(close.withCloseCode(1002));
                            }
                        }),
                wire(
                        "remote-close.not-noticed",
                        breaks("remote-close.channel", "receive.closed", "select.closed", "examples.chat"),
                        "the server's close frame is ignored",
                        received(FrameTamperings.without(frame -> frame.is(RelayedFrame.CLOSE)))),
                wire(
                        "remote-close.end-of-tcp-not-noticed",
                        breaks("remote-close.abnormal", "rfc6455.close.cut"),
                        "the end of TCP without a close frame is not noticed",
                        UnnoticedTcpEnd::new),
                wire(
                        "remote-close.data-after-delivered",
                        breaks("remote-close.data-after", "rfc6455.close.after"),
                        "messages that follow the close frame are delivered",
                        CloseFrameMovedLast::new),
                wire(
                        "remote-close.half-a-message-delivered",
                        breaks("rfc6455.close.cut", "remote-close.abnormal"),
                        "an incomplete message is delivered when TCP ends",
                        PartialMessageDelivery::new),
                wire(
                        "remote-close.codes-of-2011",
                        breaks("rfc6455.close.registered-codes"),
                        "1012, 1013 and 1014, which are newer than RFC 6455, fail the connection",
                        received(where(
                                frame -> frame.is(RelayedFrame.CLOSE)
                                        && frame.closeCode().orElse(0) >= 1012
                                        && frame.closeCode().orElse(0) <= 1014,
                                frame -> frame.withCloseCode(1005)))));
    }

    /** Handles the client's answers to the server's close frame. */
    private abstract static class CloseAnswerTampering implements Tampering {
        /** Written by the thread that reads from the server, before the client can answer. */
        private volatile boolean closed;

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            closed |= frame.is(RelayedFrame.CLOSE);
            wire.toClient(frame);
        }

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (closed && frame.is(RelayedFrame.CLOSE)) {
                answer(frame, wire);
            } else {
                wire.toServer(frame);
            }
        }

        abstract void answer(RelayedFrame close, RelayOutput wire) throws IOException;
    }

    private static final class UnconditionalCloseAnswer implements Tampering {
        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (frame.is(RelayedFrame.CLOSE)) {
                wire.toServer(RelayedFrame.toServer(RelayedFrame.CLOSE, frame.payload()));
            }
            wire.toClient(frame);
        }
    }

    private static final class UnnoticedTcpEnd implements Tampering {
        @Override
        public void partialFrameFromServer(byte[] partial, RelayOutput wire) {
            // The client keeps waiting for the rest of the frame.
        }

        @Override
        public void endedByServer(RelayOutput.TcpEnding how, RelayOutput wire) {
            // The client keeps waiting for more frames.
        }
    }

    private static final class CloseFrameMovedLast implements Tampering {
        @Override
        public void fromServer(List<RelayedFrame> frames, RelayOutput wire) throws IOException {
            List<RelayedFrame> order = new ArrayList<>(frames);
            order.sort((one, other) -> Boolean.compare(one.is(RelayedFrame.CLOSE), other.is(RelayedFrame.CLOSE)));
            for (RelayedFrame frame : order) {
                wire.toClient(frame);
            }
        }
    }

    private static final class PartialMessageDelivery implements Tampering {
        /** Used only by the thread that reads from the server. */
        private boolean inside;

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (frame.isData()) {
                inside = !frame.fin();
            }
            wire.toClient(frame);
        }

        @Override
        public void partialFrameFromServer(byte[] partial, RelayOutput wire) throws IOException {
            wire.toClient(RelayedFrame.toClient(inside ? RelayedFrame.CONTINUATION : RelayedFrame.TEXT, new byte[0]));
        }

        @Override
        public void endedByServer(RelayOutput.TcpEnding how, RelayOutput wire) throws IOException {
            if (inside) {
                wire.toClient(RelayedFrame.toClient(RelayedFrame.CONTINUATION, new byte[0]));
            }
            wire.endToClient(how);
        }
    }
}
