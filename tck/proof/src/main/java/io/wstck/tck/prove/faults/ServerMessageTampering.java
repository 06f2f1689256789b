package io.wstck.tck.prove.faults;

import io.wstck.server.wire.FrameHeader;
import io.wstck.tck.prove.relay.PayloadInflater;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes complete compressed messages of the server. Other messages and control frames are forwarded as they arrive.
 */
class ServerMessageTampering implements Tampering {
    private final Function<DataMessage, List<RelayedFrame>> change;

    /** Used only by the thread that reads from the server. */
    private final List<RelayedFrame> frames = new ArrayList<>();

    /**
     * @param change returns the frames that replace a compressed message
     */
    ServerMessageTampering(Function<DataMessage, List<RelayedFrame>> change) {
        this.change = change;
    }

    @Override
    public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
        boolean first = frame.isData() && !frame.is(RelayedFrame.CONTINUATION);
        boolean compressed = !frames.isEmpty() || (first && (frame.rsv() & FrameHeader.RSV1) != 0);
        if (!compressed || !frame.isData()) {
            wire.toClient(frame);
            return;
        }
        frames.add(frame);
        if (frames.size() > 1 && (!frame.is(RelayedFrame.CONTINUATION) || frame.rsv() != 0)) {
            // A protocol violation. The relay forwards it unchanged.
            for (RelayedFrame one : frames) {
                wire.toClient(one);
            }
            frames.clear();
        } else if (frame.fin()) {
            List<RelayedFrame> changed = change.apply(new DataMessage(frames));
            frames.clear();
            for (RelayedFrame one : changed) {
                wire.toClient(one);
            }
        }
    }

    /** Changes messages after inflating them. */
    static final class InflatedMessageTampering extends ServerMessageTampering {
        private final PayloadInflater inflating;

        /** Returns the frame that replaces an inflated message, or empty to keep the message. */
        @FunctionalInterface
        interface InflatedMessageChange {
            Optional<RelayedFrame> of(DataMessage message, PayloadInflater.InflatedPayload inflated);
        }

        /** Whether inflating uses the window of earlier messages. */
        enum InflateContext {
            KEPT,
            LOST
        }

        InflatedMessageTampering(InflateContext memory, InflatedMessageChange change) {
            this(new PayloadInflater(), memory, change);
        }

        private InflatedMessageTampering(
                PayloadInflater inflating, InflateContext memory, InflatedMessageChange change) {
            super(message -> {
                if (memory == InflateContext.LOST) {
                    inflating.resetWindow();
                }
                return change.of(message, inflating.inflate(message.payload()))
                        .map(List::of)
                        .orElse(message.frames());
            });
            this.inflating = inflating;
        }

        @Override
        public void close() {
            inflating.close();
        }
    }
}
