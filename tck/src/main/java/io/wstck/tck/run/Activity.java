package io.wstck.tck.run;

import java.time.Duration;

/** When a script was last seen to do something: to begin, or to check. Its thread writes; any thread may read. */
class Activity {
    private volatile long last = System.nanoTime();

    /** It does something. */
    void seen() {
        last = System.nanoTime();
    }

    /** For how long nothing has been seen of it. */
    Duration idle() {
        return idleAt(System.nanoTime());
    }

    /** The same at a {@link System#nanoTime}; negative when something was seen since. */
    Duration idleAt(long nanos) {
        return Duration.ofNanos(nanos - last);
    }
}
