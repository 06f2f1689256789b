package io.wstck.server.wire;

import java.time.Duration;

/** A point on the monotonic clock, or never. Immutable. */
public record Deadline(long nanos, Kind kind) {
    /** Whether there is a point in time at all. */
    public enum Kind {
        AT,
        NEVER
    }

    /** A deadline that never comes. */
    public static Deadline never() {
        return new Deadline(0, Kind.NEVER);
    }

    /** {@code limit} from now; a limit of more than a century is never. */
    public static Deadline in(Duration limit) {
        return limit.compareTo(Duration.ofDays(36_500)) > 0
                ? never()
                : new Deadline(System.nanoTime() + limit.toNanos(), Kind.AT);
    }

    /** The one of the two that comes first. */
    public Deadline earlier(Deadline other) {
        if (kind == Kind.NEVER) {
            return other;
        }
        return other.kind == Kind.NEVER || nanos - other.nanos <= 0 ? this : other;
    }

    /** Nanoseconds from now; 0 or less when it has passed. */
    public long remainingNanos() {
        return kind == Kind.NEVER ? Long.MAX_VALUE : nanos - System.nanoTime();
    }

    /** Whether it has passed. */
    public boolean passed() {
        return remainingNanos() <= 0;
    }
}
