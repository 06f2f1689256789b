package io.wstck.server.wire;

/** Players share a few carrier threads, which a virtual thread leaves only when it waits. */
public final class CarrierYield {
    private CarrierYield() {}

    /** Lets other players run, in the middle of work that never waits. */
    // Fairness is all that is wanted of the scheduler: nothing relies on the order of the players.
    @SuppressWarnings("ThreadPriorityCheck")
    public static void letOthersRun() {
        Thread.yield();
    }
}
