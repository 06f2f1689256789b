package io.wstck.tck.implementation.calls;

import io.wstck.lua.LuaSession;
import io.wstck.tck.implementation.Hindrance;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps what first came between a script and its client, and ends the script then. Any thread. */
final class FirstHindrance {
    private final AtomicReference<Optional<Hindrance>> first = new AtomicReference<>(Optional.empty());

    /** Notes it, and stops the script, wherever it is: neither can it catch this, nor do its checks count any more. */
    void stop(LuaSession session, Hindrance hindrance) {
        first.compareAndSet(Optional.empty(), Optional.of(hindrance));
        session.stop(hindrance.what());
    }

    Optional<Hindrance> get() {
        return first.get();
    }
}
