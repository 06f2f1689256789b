package io.wstck.tck.run;

import java.util.concurrent.CountDownLatch;

/** A wait that interrupts do not end. */
final class UninterruptibleWait {
    private UninterruptibleWait() {}

    static void await(CountDownLatch released) {
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                // Ignores the interrupt, which is its purpose.
            }
        }
    }
}
