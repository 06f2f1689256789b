package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import java.util.concurrent.Semaphore;

/** How many trials play cases of a weight at once. Any thread. */
final class Turns {
    /** Most light cases wait for a socket, and those that hang for their fault wait for their limit: several side by side. */
    private static final int LIGHT_AT_ONCE = 8;

    /** They cost no processor, but the memory of what they send. */
    private static final int WAITING_AT_ONCE = 24;

    private final Semaphore light = new Semaphore(LIGHT_AT_ONCE, true);
    private final Semaphore waiting = new Semaphore(WAITING_AT_ONCE, true);
    private final Semaphore heavy = new Semaphore(1, true);

    /** What takes a turn. */
    @FunctionalInterface
    interface Play {
        void run() throws InterruptedException;
    }

    /** Plays when it is this trial's turn. */
    void take(TestCase.Weight weight, Play play) throws InterruptedException {
        Semaphore turn = switch (weight) {
            case LIGHT -> light;
            case WAITING -> waiting;
            case HEAVY -> heavy;
        };
        turn.acquire();
        try {
            play.run();
        } finally {
            turn.release();
        }
    }
}
