package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Applies the read timeout in the relay (see {@link RelayedOption}). An arriving frame restarts it even if the client
 * does not read.
 */
final class RelayedReadTimeout implements Tampering {
    private final Predicate<RelayedFrame> restarts;

    /** Written with the request and read after its response. The server's response orders the two threads. */
    private volatile Optional<ResetTimer> timer = Optional.empty();

    private volatile Optional<Duration> timeout = Optional.empty();

    /**
     * @param restarts whether a frame restarts the timeout
     */
    RelayedReadTimeout(Predicate<RelayedFrame> restarts) {
        this.restarts = restarts;
    }

    @Override
    public HttpHead request(HttpHead head) {
        timeout = RelayedOption.value(head).map(millis -> Duration.ofNanos(Math.round(millis * 1e6)));
        return RelayedOption.without(head);
    }

    @Override
    public void requestSent(RelayOutput wire) {
        timer = timeout.map(time -> ResetTimer.start(time, wire));
    }

    @Override
    public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
        if (restarts.test(frame)) {
            timer.ifPresent(ResetTimer::restart);
        }
        wire.toClient(frame);
    }

    @Override
    public void close() {
        timer.ifPresent(ResetTimer::close);
    }
}
