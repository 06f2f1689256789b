package io.wstck.tck.implementation.calls;

import io.wstck.lua.LuaSession;
import io.wstck.tck.implementation.Hindrance;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps what first came between a script and its client, and ends the script then. Any thread. */
final class FirstHindrance {
    private final AtomicReference<Optional<Hindrance>> first = new AtomicReference<>(Optional.empty());
    private volatile boolean over;

    /** Notes it, and stops the script, wherever it is: neither can it catch this, nor do its checks count any more. */
    void stop(LuaSession session, Hindrance hindrance) {
        if (over) {
            return;
        }
        first.compareAndSet(Optional.empty(), Optional.of(hindrance));
        session.stop(hindrance.what());
    }

    /** The case is over: calls that are ended by that throw, which says nothing. */
    void end() {
        over = true;
    }

    Optional<Hindrance> get() {
        return first.get();
    }
}
