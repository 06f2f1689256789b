package io.wstck.lua.sandbox;

import java.util.Optional;

/**
 * Looks at the limits of the session while a loop in Java runs. Every loop whose length a script chooses counts its steps
 * here. Does nothing outside a session. For one thread.
 */
public final class LoopGuard {
    private static final int STEPS_PER_CHECK = 4096;

    private final Optional<Execution> execution;
    private int steps;

    private LoopGuard(Optional<Execution> execution) {
        this.execution = execution;
    }

    static LoopGuard of(Execution execution) {
        return new LoopGuard(Optional.of(execution));
    }

    /** A guard for the session that the calling thread runs. */
    public static LoopGuard current() {
        return new LoopGuard(Execution.current());
    }

    /**
     * Counts a step that takes a few nanoseconds.
     *
     * @throws Error when the session is stopped or over its limits; it must be let through
     */
    public void step() {
        if (++steps >= STEPS_PER_CHECK) {
            check();
        }
    }

    /** As {@link #step()}, after a step that takes longer, or stands for many. */
    public void check() {
        steps = 0;
        execution.ifPresent(Execution::checkLimits);
    }

    /** As {@link #check()}, before that many bytes are allocated. */
    public void reserve(long bytes) {
        steps = 0;
        execution.ifPresent(one -> {
            one.checkStop();
            one.reserve(bytes);
        });
    }
}
