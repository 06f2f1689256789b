package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** A read timeout (see {@link MovedOption}) that frames of the server restart as they arrive, whether or not the client reads. */
final class RelayedReadTimeout implements Tampering {
    private final Predicate<Frame> restarts;

    /** Set with the request, and read after its answer: the server orders the two threads. */
    private volatile Optional<Deadline> deadline = Optional.empty();

    private volatile Optional<Duration> timeout = Optional.empty();

    /**
     * @param restarts whether a frame begins the time anew
     */
    RelayedReadTimeout(Predicate<Frame> restarts) {
        this.restarts = restarts;
    }

    @Override
    public Head request(Head head) {
        timeout = MovedOption.value(head).map(millis -> Duration.ofNanos(Math.round(millis * 1e6)));
        return MovedOption.without(head);
    }

    @Override
    public void requested(Wire wire) {
        deadline = timeout.map(time -> Deadline.start(time, wire));
    }

    @Override
    public void fromServer(Frame frame, Wire wire) throws IOException {
        if (restarts.test(frame)) {
            deadline.ifPresent(Deadline::restart);
        }
        wire.toClient(frame);
    }

    @Override
    public void close() {
        deadline.ifPresent(Deadline::close);
    }
}
