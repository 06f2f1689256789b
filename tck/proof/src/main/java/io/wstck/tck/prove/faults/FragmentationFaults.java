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

/** Faults in assembling fragments (RFC 6455 §5.4). Stateless. */
final class FragmentationFaults {
    private FragmentationFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "fragmentation.delivered-separately",
                        breaks("receive.assembled", "rfc6455.fragmentation.assembled", "rfc6455.utf8.valid"),
                        "each fragment is delivered as a message",
                        received(where(
                                RelayedFrame::isData,
                                frame -> frame.withFin(true)
                                        .withOpcode(
                                                frame.is(RelayedFrame.CONTINUATION)
                                                        ? RelayedFrame.BINARY
                                                        : frame.opcode())))),
                wire(
                        "fragmentation.two-at-most",
                        breaks("receive.assembled", "rfc6455.fragmentation.assembled"),
                        "fragments between the first and the last are dropped",
                        received(
                                FrameTamperings.without(frame -> frame.is(RelayedFrame.CONTINUATION) && !frame.fin()))),
                wire(
                        "fragmentation.control-ends-message",
                        breaks("receive.assembled", "rfc6455.fragmentation.interleaved-control"),
                        "a ping or a pong between two fragments ends the message",
                        () -> new FragmentTracking() {
                            @Override
                            void control(RelayedFrame frame, RelayOutput wire) throws IOException {
                                if (inside() && !frame.is(RelayedFrame.CLOSE)) {
                                    wire.toClient(RelayedFrame.toClient(RelayedFrame.CONTINUATION, new byte[0]));
                                }
                                wire.toClient(frame);
                            }
                        }),
                wire(
                        "fragmentation.control-waits",
                        breaks("rfc6455.fragmentation.interleaved-control"),
                        "a control frame between two fragments is handled when the message is complete",
                        DelayedControlFrames::new),
                wire(
                        "fragmentation.orphan-accepted",
                        breaks("rfc6455.fragmentation.orphan"),
                        "a continuation frame without a message is delivered as text",
                        () -> new FragmentTracking() {
                            @Override
                            RelayedFrame data(RelayedFrame frame) {
                                return !inside() && frame.is(RelayedFrame.CONTINUATION)
                                        ? frame.withOpcode(RelayedFrame.TEXT).withFin(true)
                                        : frame;
                            }
                        }),
                wire(
                        "fragmentation.nested-accepted",
                        breaks("rfc6455.fragmentation.nested"),
                        "a new message inside a fragmented one is treated as its continuation",
                        () -> new FragmentTracking() {
                            @Override
                            RelayedFrame data(RelayedFrame frame) {
                                return inside() ? frame.withOpcode(RelayedFrame.CONTINUATION) : frame;
                            }
                        }));
    }

    /** Tracks whether the server is inside a fragmented message. Used only by the thread that reads from the server. */
    private abstract static class FragmentTracking implements Tampering {
        private boolean inside;

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (!frame.isData()) {
                control(frame, wire);
                return;
            }
            RelayedFrame changed = data(frame);
            wire.toClient(changed);
            inside = !changed.fin();
        }

        boolean inside() {
            return inside;
        }

        RelayedFrame data(RelayedFrame frame) {
            return frame;
        }

        void control(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toClient(frame);
        }
    }

    private static final class DelayedControlFrames extends FragmentTracking {
        private final List<RelayedFrame> waiting = new ArrayList<>();

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            super.fromServer(frame, wire);
            if (!inside()) {
                for (RelayedFrame control : waiting) {
                    wire.toClient(control);
                }
                waiting.clear();
            }
        }

        @Override
        void control(RelayedFrame frame, RelayOutput wire) {
            waiting.add(frame);
        }
    }
}
