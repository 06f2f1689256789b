package io.wstck.server.scenario;

import io.wstck.server.wire.Deadline;
import java.time.Duration;

/** Tells players that the client's script has ended. Any thread; whoever ends it wakes the players afterwards. */
public final class ScriptSignal {
    /** How much longer an expectation can still be met: an asynchronous close may be on its way. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private volatile Deadline grace = Deadline.never();

    /** The script has ended; the second time nothing changes. */
    public void end() {
        if (!ended()) {
            grace = Deadline.in(GRACE);
        }
    }

    boolean ended() {
        return grace.kind() == Deadline.Kind.AT;
    }

    /** Never, until the script has ended: then shortly after. */
    Deadline grace() {
        return grace;
    }
}
