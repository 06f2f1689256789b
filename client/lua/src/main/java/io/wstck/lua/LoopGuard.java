package io.wstck.lua;

import java.util.Optional;

/**
 * Checks the limits of the session during a loop in Java. Every loop whose length a script chooses counts its steps
 * here. It does nothing outside a session. For one thread.
 */
public final class LoopGuard {
    private static final int STEPS_PER_CHECK = 4096;

    private final Optional<LimitChecks> checks;
    private int steps;

    private LoopGuard(Optional<LimitChecks> checks) {
        this.checks = checks;
    }

    /**
     * {@return a guard for a session}
     *
     * @param checks the checks to make
     */
    public static LoopGuard of(LimitChecks checks) {
        return new LoopGuard(Optional.of(checks));
    }

    /** {@return a guard for the session that the calling thread runs} */
    public static LoopGuard current() {
        return new LoopGuard(LimitChecks.current());
    }

    /**
     * Counts a step that takes a few nanoseconds.
     *
     * @throws Error when the session is stopped or over its limits; callers must not catch it
     */
    public void step() {
        if (++steps >= STEPS_PER_CHECK) {
            check();
        }
    }

    /** Checks the limits now, after a step that takes longer or counts as many. */
    public void check() {
        steps = 0;
        checks.ifPresent(LimitChecks::checkLimits);
    }

    /**
     * Checks the limits now, before an allocation of that many bytes.
     *
     * @param bytes the size of the allocation, in bytes
     */
    public void reserve(long bytes) {
        steps = 0;
        checks.ifPresent(one -> {
            one.checkStop();
            one.reserve(bytes);
        });
    }
}
