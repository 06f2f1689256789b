package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.List;

/** Faults of clients that expect a message as the first frame of the server. Stateless. */
final class FirstFrameFaults {
    private FirstFrameFaults() {}

    static List<Fault> all() {
        return List.of(
                lost("frames.first-ping-lost", "ping.answered", "a ping", Frame.PING),
                lost("frames.first-close-lost", "remote-close.echoed", "a close frame", Frame.CLOSE),
                wire(
                        "frames.first-fragment-final",
                        breaks("rfc6455.fragmentation.assembled"),
                        "the first frame of the connection is taken for a whole message",
                        () -> new FirstFrame() {
                            @Override
                            void first(Frame frame, Wire wire) throws IOException {
                                wire.toClient(frame.withFin(true));
                            }
                        }),
                wire(
                        "frames.first-pong-refused",
                        breaks("rfc6455.control.ping-pong"),
                        "a pong ends the connection where it is the first frame",
                        () -> new FirstFrame() {
                            @Override
                            void first(Frame frame, Wire wire) throws IOException {
                                if (frame.is(Frame.PONG)) {
                                    wire.endToServer(Wire.End.RST);
                                } else {
                                    wire.toClient(frame);
                                }
                            }
                        }),
                wire(
                        "deflate.off-after-first-control",
                        breaks("rfc7692.frames.mixed"),
                        "no message is inflated on a connection whose first frame is a control frame",
                        () -> new FirstFrame() {
                            private boolean plain;

                            @Override
                            void first(Frame frame, Wire wire) throws IOException {
                                plain = frame.control();
                                wire.toClient(frame);
                            }

                            @Override
                            void later(Frame frame, Wire wire) throws IOException {
                                wire.toClient(plain ? frame.withRsv(0) : frame);
                            }
                        }));
    }

    private static Fault lost(String id, String clause, String kind, int opcode) {
        return wire(
                id,
                breaks(clause),
                kind + " is passed over where it is the first frame of the connection",
                () -> new FirstFrame() {
                    @Override
                    void first(Frame frame, Wire wire) throws IOException {
                        if (!frame.is(opcode)) {
                            wire.toClient(frame);
                        }
                    }
                });
    }

    /** Treats the first frame of the server in another way than the others. Only the thread that reads from the server. */
    private abstract static class FirstFrame implements Tampering {
        private boolean begun;

        abstract void first(Frame frame, Wire wire) throws IOException;

        void later(Frame frame, Wire wire) throws IOException {
            wire.toClient(frame);
        }

        @Override
        public final void fromServer(Frame frame, Wire wire) throws IOException {
            if (begun) {
                later(frame, wire);
            } else {
                begun = true;
                first(frame, wire);
            }
        }
    }
}
