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

/** Faults of putting fragments together (RFC 6455 §5.4). Stateless. */
final class FragmentationFaults {
    private FragmentationFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "fragmentation.delivered-separately",
                        breaks("receive.assembled", "rfc6455.fragmentation.assembled", "rfc6455.utf8.valid"),
                        "each fragment is delivered as a message",
                        received(where(
                                Frame::data,
                                frame -> frame.withFin(true)
                                        .withOpcode(frame.is(Frame.CONTINUATION) ? Frame.BINARY : frame.opcode())))),
                wire(
                        "fragmentation.two-at-most",
                        breaks("receive.assembled", "rfc6455.fragmentation.assembled"),
                        "fragments between the first and the last are lost",
                        received(FrameChanges.without(frame -> frame.is(Frame.CONTINUATION) && !frame.fin()))),
                wire(
                        "fragmentation.control-ends-message",
                        breaks("receive.assembled", "rfc6455.fragmentation.interleaved-control"),
                        "a ping or a pong between two fragments ends the message",
                        () -> new Assembling() {
                            @Override
                            void control(Frame frame, Wire wire) throws IOException {
                                if (inside() && !frame.is(Frame.CLOSE)) {
                                    wire.toClient(Frame.toClient(Frame.CONTINUATION, new byte[0]));
                                }
                                wire.toClient(frame);
                            }
                        }),
                wire(
                        "fragmentation.control-waits",
                        breaks("rfc6455.fragmentation.interleaved-control"),
                        "a control frame between two fragments is handled when the message is complete",
                        ControlWaits::new),
                wire(
                        "fragmentation.orphan-accepted",
                        breaks("rfc6455.fragmentation.orphan"),
                        "a continuation with nothing to continue is delivered as text",
                        () -> new Assembling() {
                            @Override
                            Frame data(Frame frame) {
                                return !inside() && frame.is(Frame.CONTINUATION)
                                        ? frame.withOpcode(Frame.TEXT).withFin(true)
                                        : frame;
                            }
                        }),
                wire(
                        "fragmentation.nested-accepted",
                        breaks("rfc6455.fragmentation.nested"),
                        "a new message inside a fragmented one is taken for its continuation",
                        () -> new Assembling() {
                            @Override
                            Frame data(Frame frame) {
                                return inside() ? frame.withOpcode(Frame.CONTINUATION) : frame;
                            }
                        }));
    }

    /** Knows whether a fragmented message of the server is under way. Only the thread that reads from the server. */
    private abstract static class Assembling implements Tampering {
        private boolean inside;

        @Override
        public void fromServer(Frame frame, Wire wire) throws IOException {
            if (!frame.data()) {
                control(frame, wire);
                return;
            }
            Frame changed = data(frame);
            wire.toClient(changed);
            inside = !changed.fin();
        }

        boolean inside() {
            return inside;
        }

        Frame data(Frame frame) {
            return frame;
        }

        void control(Frame frame, Wire wire) throws IOException {
            wire.toClient(frame);
        }
    }

    private static final class ControlWaits extends Assembling {
        private final List<Frame> waiting = new ArrayList<>();

        @Override
        public void fromServer(Frame frame, Wire wire) throws IOException {
            super.fromServer(frame, wire);
            if (!inside()) {
                for (Frame control : waiting) {
                    wire.toClient(control);
                }
                waiting.clear();
            }
        }

        @Override
        void control(Frame frame, Wire wire) {
            waiting.add(frame);
        }
    }
}
