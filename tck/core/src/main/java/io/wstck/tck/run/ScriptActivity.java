package io.wstck.tck.run;

import java.time.Duration;

/** The time at which a script last began or made a check. The script's thread writes it. Any thread may read it. */
class ScriptActivity {
    private volatile long lastNanos = System.nanoTime();

    /** Sets the time of the last activity to now. */
    void update() {
        lastNanos = System.nanoTime();
    }

    /** Returns the time since the last activity. */
    Duration idleTime() {
        return idleTimeAt(System.nanoTime());
    }

    /**
     * Returns the time from the last activity to a {@link System#nanoTime}. It is negative if the activity is later.
     */
    Duration idleTimeAt(long nanos) {
        return Duration.ofNanos(nanos - lastNanos);
    }
}
