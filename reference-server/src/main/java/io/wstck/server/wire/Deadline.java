package io.wstck.server.wire;

import java.time.Duration;

/** A point in time on the monotonic clock, or never. Immutable. */
public record Deadline(long nanos, Kind kind) {
    /** Tells whether the deadline is a point in time, or never passes. */
    public enum Kind {
        AT,
        NEVER
    }

    /** The deadline that never passes. */
    public static Deadline never() {
        return new Deadline(0, Kind.NEVER);
    }

    /** The deadline {@code limit} from now. A limit of more than a century means never. */
    public static Deadline in(Duration limit) {
        return limit.compareTo(Duration.ofDays(36_500)) > 0
                ? never()
                : new Deadline(System.nanoTime() + limit.toNanos(), Kind.AT);
    }

    /** The deadline of the two that passes first. */
    public Deadline earlier(Deadline other) {
        if (kind == Kind.NEVER) {
            return other;
        }
        return other.kind == Kind.NEVER || nanos - other.nanos <= 0 ? this : other;
    }

    /** The deadline of the two that passes last. */
    public Deadline later(Deadline other) {
        return earlier(other).equals(this) ? other : this;
    }

    /** Nanoseconds until the deadline; 0 or less when it has passed. */
    public long remainingNanos() {
        return kind == Kind.NEVER ? Long.MAX_VALUE : nanos - System.nanoTime();
    }

    /** Whether the deadline has passed. */
    public boolean hasPassed() {
        return remainingNanos() <= 0;
    }
}
