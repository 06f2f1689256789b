package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Creates tamperings that change single frames and have no state. Stateless. */
final class FrameTamperings {
    private FrameTamperings() {}

    /** Replaces or drops each frame of the client. */
    static Supplier<Tampering> sent(Function<RelayedFrame, Optional<RelayedFrame>> change) {
        return () -> new Tampering() {
            @Override
            public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
                Optional<RelayedFrame> changed = change.apply(frame);
                if (changed.isPresent()) {
                    wire.toServer(changed.get());
                }
            }
        };
    }

    /** Replaces or drops each frame of the server. */
    static Supplier<Tampering> received(Function<RelayedFrame, Optional<RelayedFrame>> change) {
        return () -> new Tampering() {
            @Override
            public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
                Optional<RelayedFrame> changed = change.apply(frame);
                if (changed.isPresent()) {
                    wire.toClient(changed.get());
                }
            }
        };
    }

    /** Changes the matching frames and keeps the others. */
    static Function<RelayedFrame, Optional<RelayedFrame>> where(
            Predicate<RelayedFrame> which, UnaryOperator<RelayedFrame> change) {
        return frame -> Optional.of(which.test(frame) ? change.apply(frame) : frame);
    }

    /** Drops the matching frames. */
    static Function<RelayedFrame, Optional<RelayedFrame>> without(Predicate<RelayedFrame> which) {
        return frame -> which.test(frame) ? Optional.empty() : Optional.of(frame);
    }
}
