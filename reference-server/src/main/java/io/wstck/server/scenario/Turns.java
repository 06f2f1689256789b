package io.wstck.server.scenario;

/** Players share a few carrier threads, which a virtual thread leaves only when it waits. */
final class Turns {
    private Turns() {}

    /** Lets other players go on, in the middle of work that never waits. */
    // Fairness is all that is wanted of the scheduler: nothing relies on who goes on when.
    @SuppressWarnings("ThreadPriorityCheck")
    static void letOthersGoOn() {
        Thread.yield();
    }
}
