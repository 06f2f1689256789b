package io.wstck.server.wire;

/**
 * Lets a player give up its carrier thread. A virtual thread gives it up only when it waits, and the players share few.
 */
public final class CarrierYield {
    private CarrierYield() {}

    /** Lets other players run. Long work that never waits has to call this. */
    // This is about fairness only: no code relies on the order in which players run.
    @SuppressWarnings("ThreadPriorityCheck")
    public static void letOthersRun() {
        Thread.yield();
    }
}
