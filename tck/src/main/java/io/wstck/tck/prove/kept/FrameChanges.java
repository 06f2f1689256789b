package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Tamperings that look at one frame at a time and keep no state. Stateless. */
final class FrameChanges {
    private FrameChanges() {}

    /** Each frame of the client becomes another one, or none. */
    static Supplier<Tampering> sent(Function<Frame, Optional<Frame>> change) {
        return () -> new Tampering() {
            @Override
            public void fromClient(Frame frame, Wire wire) throws IOException {
                Optional<Frame> changed = change.apply(frame);
                if (changed.isPresent()) {
                    wire.toServer(changed.get());
                }
            }
        };
    }

    /** Each frame of the server becomes another one, or none. */
    static Supplier<Tampering> received(Function<Frame, Optional<Frame>> change) {
        return () -> new Tampering() {
            @Override
            public void fromServer(Frame frame, Wire wire) throws IOException {
                Optional<Frame> changed = change.apply(frame);
                if (changed.isPresent()) {
                    wire.toClient(changed.get());
                }
            }
        };
    }

    /** Those frames are changed, the others not. */
    static Function<Frame, Optional<Frame>> where(Predicate<Frame> which, UnaryOperator<Frame> change) {
        return frame -> Optional.of(which.test(frame) ? change.apply(frame) : frame);
    }

    /** Those frames are lost. */
    static Function<Frame, Optional<Frame>> without(Predicate<Frame> which) {
        return frame -> which.test(frame) ? Optional.empty() : Optional.of(frame);
    }
}
