package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import java.util.concurrent.Semaphore;

/** Limits how many trials play cases at the same time, with a limit for each weight of cases. Any thread. */
final class WeightPermits {
    /**
     * More than the number of processors, because light cases mostly wait for a socket or, with some faults, for their
     * limit.
     */
    private static final int LIGHT_PERMITS = 8;

    /** Waiting cases use no processor time, but memory for the data that they send. */
    private static final int WAITING_PERMITS = 24;

    private final Semaphore light = new Semaphore(LIGHT_PERMITS, true);
    private final Semaphore waiting = new Semaphore(WAITING_PERMITS, true);
    private final Semaphore heavy = new Semaphore(1, true);

    /** A task that runs with a permit. */
    @FunctionalInterface
    interface InterruptibleTask {
        void run() throws InterruptedException;
    }

    /** Waits for a permit of the weight, then runs the task. */
    void runWithPermit(TestCase.Weight weight, InterruptibleTask task) throws InterruptedException {
        Semaphore permit = switch (weight) {
            case LIGHT -> light;
            case WAITING -> waiting;
            case HEAVY -> heavy;
        };
        permit.acquire();
        try {
            task.run();
        } finally {
            permit.release();
        }
    }
}
