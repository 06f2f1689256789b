package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.List;

/** Faults of clients that expect a message in the server's first frame. Stateless. */
final class FirstFrameFaults {
    private FirstFrameFaults() {}

    static List<Fault> all() {
        return List.of(
                lost("frames.first-ping-lost", "ping.answered", "a ping", RelayedFrame.PING),
                lost("frames.first-close-lost", "remote-close.echoed", "a close frame", RelayedFrame.CLOSE),
                wire(
                        "frames.first-fragment-final",
                        breaks("rfc6455.fragmentation.assembled"),
                        "the first frame of the connection is treated as a whole message",
                        () -> new FirstFrame() {
                            @Override
                            void first(RelayedFrame frame, RelayOutput wire) throws IOException {
                                wire.toClient(frame.withFin(true));
                            }
                        }),
                wire(
                        "frames.first-pong-refused",
                        breaks("rfc6455.control.ping-pong"),
                        "a pong as the first frame ends the connection",
                        () -> new FirstFrame() {
                            @Override
                            void first(RelayedFrame frame, RelayOutput wire) throws IOException {
                                if (frame.is(RelayedFrame.PONG)) {
                                    wire.endToServer(RelayOutput.TcpEnding.RST);
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
                            void first(RelayedFrame frame, RelayOutput wire) throws IOException {
                                plain = frame.isControl();
                                wire.toClient(frame);
                            }

                            @Override
                            void later(RelayedFrame frame, RelayOutput wire) throws IOException {
                                wire.toClient(plain ? frame.withRsv(0) : frame);
                            }
                        }));
    }

    private static Fault lost(String id, String clause, String kind, int opcode) {
        return wire(
                id,
                breaks(clause),
                kind + " is ignored if it is the first frame of the connection",
                () -> new FirstFrame() {
                    @Override
                    void first(RelayedFrame frame, RelayOutput wire) throws IOException {
                        if (!frame.is(opcode)) {
                            wire.toClient(frame);
                        }
                    }
                });
    }

    /**
     * Handles the server's first frame differently from the later ones. Used only by the thread that reads from the
     * server.
     */
    private abstract static class FirstFrame implements Tampering {
        private boolean begun;

        abstract void first(RelayedFrame frame, RelayOutput wire) throws IOException;

        void later(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toClient(frame);
        }

        @Override
        public final void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (begun) {
                later(frame, wire);
            } else {
                begun = true;
                first(frame, wire);
            }
        }
    }
}
