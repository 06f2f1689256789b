package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.wire;
import static io.wstck.tck.prove.kept.FrameChanges.received;
import static io.wstck.tck.prove.kept.FrameChanges.where;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Faults of what follows the server's close, or the end of TCP. Stateless. */
final class RemoteCloseFaults {
    private RemoteCloseFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "remote-close.not-answered",
                        breaks("remote-close.echoed", "rfc6455.close.payload", "rfc6455.close.codes"),
                        "the server's close frame is not answered",
                        () -> new Answering() {
                            @Override
                            void answer(Frame close, Wire wire) {
                                // Lost.
                            }
                        }),
                wire(
                        "remote-close.answered-twice",
                        breaks("remote-close.echoed", "rfc6455.close.after", "rfc6455.close.simultaneous"),
                        "the server's close frame is answered, also when the client has closed before",
                        AnswersAlways::new),
                wire(
                        "remote-close.answered-1002",
                        breaks("remote-close.echoed", "rfc6455.close.payload", "rfc6455.close.codes"),
                        "the server's close frame is answered with 1002",
                        () -> new Answering() {
                            @Override
                            void answer(Frame close, Wire wire) throws IOException {
                                wire.toServer(close.withCloseCode(1002));
                            }
                        }),
                wire(
                        "remote-close.not-noticed",
                        breaks("remote-close.channel", "receive.closed", "select.closed", "examples.chat"),
                        "the server's close frame is passed over",
                        received(FrameChanges.without(frame -> frame.is(Frame.CLOSE)))),
                wire(
                        "remote-close.end-of-tcp-not-noticed",
                        breaks("remote-close.abnormal", "rfc6455.close.cut"),
                        "a connection that ends without a close frame is taken for an idle one",
                        EndNotNoticed::new),
                wire(
                        "remote-close.data-after-delivered",
                        breaks("remote-close.data-after", "rfc6455.close.after"),
                        "what comes with a close frame, after it, is delivered",
                        CloseLast::new),
                wire(
                        "remote-close.half-a-message-delivered",
                        breaks("rfc6455.close.cut", "remote-close.abnormal"),
                        "what has arrived of a message when TCP ends is delivered",
                        HalfDelivered::new),
                wire(
                        "remote-close.codes-of-2011",
                        breaks("rfc6455.close.registered-codes"),
                        "1012, 1013 and 1014, which are later than RFC 6455, fail the connection",
                        received(where(
                                frame -> frame.is(Frame.CLOSE)
                                        && frame.closeCode().orElse(0) >= 1012
                                        && frame.closeCode().orElse(0) <= 1014,
                                frame -> frame.withCloseCode(1005)))));
    }

    /** Sees the answers to the server's close frame. */
    private abstract static class Answering implements Tampering {
        /** Set by the thread that reads from the server, before the client can have an answer. */
        private volatile boolean closed;

        @Override
        public void fromServer(Frame frame, Wire wire) throws IOException {
            closed |= frame.is(Frame.CLOSE);
            wire.toClient(frame);
        }

        @Override
        public void fromClient(Frame frame, Wire wire) throws IOException {
            if (closed && frame.is(Frame.CLOSE)) {
                answer(frame, wire);
            } else {
                wire.toServer(frame);
            }
        }

        abstract void answer(Frame close, Wire wire) throws IOException;
    }

    private static final class AnswersAlways implements Tampering {
        @Override
        public void fromServer(Frame frame, Wire wire) throws IOException {
            if (frame.is(Frame.CLOSE)) {
                wire.toServer(Frame.toServer(Frame.CLOSE, frame.payload()));
            }
            wire.toClient(frame);
        }
    }

    private static final class EndNotNoticed implements Tampering {
        @Override
        public void cutByServer(byte[] partial, Wire wire) {
            // The client waits for the rest.
        }

        @Override
        public void endedByServer(Wire.End how, Wire wire) {
            // The client waits for more.
        }
    }

    private static final class CloseLast implements Tampering {
        @Override
        public void fromServer(List<Frame> frames, Wire wire) throws IOException {
            List<Frame> order = new ArrayList<>(frames);
            order.sort((one, other) -> Boolean.compare(one.is(Frame.CLOSE), other.is(Frame.CLOSE)));
            for (Frame frame : order) {
                wire.toClient(frame);
            }
        }
    }

    private static final class HalfDelivered implements Tampering {
        /** Only the thread that reads from the server. */
        private boolean inside;

        @Override
        public void fromServer(Frame frame, Wire wire) throws IOException {
            if (frame.data()) {
                inside = !frame.fin();
            }
            wire.toClient(frame);
        }

        @Override
        public void cutByServer(byte[] partial, Wire wire) throws IOException {
            wire.toClient(Frame.toClient(inside ? Frame.CONTINUATION : Frame.TEXT, new byte[0]));
        }

        @Override
        public void endedByServer(Wire.End how, Wire wire) throws IOException {
            if (inside) {
                wire.toClient(Frame.toClient(Frame.CONTINUATION, new byte[0]));
            }
            wire.endToClient(how);
        }
    }
}
