package io.wstck.tck.run;

import java.util.concurrent.CountDownLatch;

/** A wait that no interrupt ends. */
final class Uninterrupted {
    private Uninterrupted() {}

    static void await(CountDownLatch released) {
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                // This is what it is for.
            }
        }
    }
}
