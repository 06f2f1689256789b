package io.wstck.lua;

import java.util.Optional;

/**
 * Ends a script that was stopped or is over its limits. The thread that runs the script calls it, also in long loops in
 * Java.
 */
public interface LimitChecks {
    /** The checks of the session that the calling thread runs. The session binds the value. */
    ScopedValue<LimitChecks> CURRENT = ScopedValue.newInstance();

    /** {@return the checks of the session that the calling thread runs, or empty on any other thread} */
    static Optional<LimitChecks> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /**
     * Checks only whether the session is stopped.
     *
     * @throws Error when the session is stopped; callers must not catch it
     */
    void checkStop();

    /**
     * Checks whether the session is stopped or over its memory limit.
     *
     * @throws Error when the session is stopped or over its limits; callers must not catch it
     */
    void checkLimits();

    /**
     * Checks the memory limit before an allocation of that many bytes.
     *
     * @param bytes the size of the allocation, in bytes
     * @throws Error when the allocation would exceed the limit; callers must not catch it
     */
    void reserve(long bytes);
}
