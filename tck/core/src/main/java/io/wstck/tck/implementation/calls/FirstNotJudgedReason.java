package io.wstck.tck.implementation.calls;

import io.wstck.lua.LuaSession;
import io.wstck.tck.implementation.NotJudgedReason;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps the first reason why a case has no verdict, and ends its script at once. Any thread. */
final class FirstNotJudgedReason {
    private final AtomicReference<Optional<NotJudgedReason>> first = new AtomicReference<>(Optional.empty());
    private volatile boolean caseEnded;

    /** Keeps the reason and stops the script. The script cannot catch this, and its checks no longer count. */
    void stop(LuaSession session, NotJudgedReason reason) {
        if (caseEnded) {
            return;
        }
        first.compareAndSet(Optional.empty(), Optional.of(reason));
        session.stop(reason.sentence());
    }

    /** Ends the case. Exceptions of calls that this aborts are ignored. */
    void end() {
        caseEnded = true;
    }

    Optional<NotJudgedReason> get() {
        return first.get();
    }
}
