package io.wstck.client.transport;

/**
 * Whether a thread is virtual. A virtual thread that connects, reads or writes makes the socket non-blocking for all
 * its life. Each message that a platform thread waits for then takes two reads. So a helping thread is of the kind of
 * the thread that it helps.
 */
final class ThreadKind {
    private ThreadKind() {}

    /** Returns the builder of a daemon thread of the same kind as the current thread. */
    static Thread.Builder sameAsCurrent() {
        return Thread.currentThread().isVirtual()
                ? Thread.ofVirtual()
                : Thread.ofPlatform().daemon();
    }
}
