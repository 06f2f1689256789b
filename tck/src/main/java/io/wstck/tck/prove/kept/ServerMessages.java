package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Inflating;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Changes compressed messages of the server that are complete; the others, and control frames, are handed on as they come. */
class ServerMessages implements Tampering {
    private final Function<DataMessage, List<Frame>> change;

    /** Only the thread that reads from the server. */
    private final List<Frame> frames = new ArrayList<>();

    /**
     * @param change the frames in place of a compressed message
     */
    ServerMessages(Function<DataMessage, List<Frame>> change) {
        this.change = change;
    }

    @Override
    public void fromServer(Frame frame, Wire wire) throws IOException {
        boolean first = frame.data() && !frame.is(Frame.CONTINUATION);
        boolean compressed = !frames.isEmpty() || (first && (frame.rsv() & DataMessage.RSV1) != 0);
        if (!compressed || !frame.data()) {
            wire.toClient(frame);
            return;
        }
        frames.add(frame);
        if (frames.size() > 1 && (!frame.is(Frame.CONTINUATION) || frame.rsv() != 0)) {
            // A violation, which is not this one's business.
            for (Frame one : frames) {
                wire.toClient(one);
            }
            frames.clear();
        } else if (frame.fin()) {
            List<Frame> changed = change.apply(new DataMessage(frames));
            frames.clear();
            for (Frame one : changed) {
                wire.toClient(one);
            }
        }
    }

    /** Changes what inflates to something. */
    static final class Inflated extends ServerMessages {
        private final Inflating inflating;

        /** What becomes of a message that was inflated; empty: it stays as it came. */
        @FunctionalInterface
        interface Change {
            Optional<Frame> of(DataMessage message, Inflating.Inflated inflated);
        }

        /** What is known of the messages before one. */
        enum Memory {
            KEPT,
            LOST
        }

        Inflated(Memory memory, Change change) {
            this(new Inflating(), memory, change);
        }

        private Inflated(Inflating inflating, Memory memory, Change change) {
            super(message -> {
                if (memory == Memory.LOST) {
                    inflating.forget();
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
