package io.wstck.benchmarks.peer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that calls back with each message. Each message in flight has a slot: an echo sends the next message of its
 * slot, or ends the slot when the time is up. One thread at a time calls {@link #received}.
 */
abstract class CallbackPeer implements EchoPeer {
    private static final int DRAIN_SECONDS = 30;

    private int inFlight;
    private int expectedLength;
    private volatile boolean timeIsUp;
    private volatile CountDownLatch openSlots = new CountDownLatch(0);
    private volatile long received;
    private volatile Throwable failure;

    @Override
    public final void connect(PeerTarget target) throws Exception {
        inFlight = target.workload().inFlight();
        expectedLength = target.workload().payload().length;
        open(target);
    }

    abstract void open(PeerTarget target) throws Exception;

    /** Sends one message; called by the callback, and by another thread at the beginning of a turn. */
    abstract void sendOne() throws Exception;

    @Override
    public final Turn run(Duration time) throws Exception {
        timeIsUp = false;
        received = 0;
        openSlots = new CountDownLatch(inFlight);
        long begun = System.nanoTime();
        begin(inFlight);
        Thread.sleep(time);
        timeIsUp = true;
        if (!openSlots.await(DRAIN_SECONDS, TimeUnit.SECONDS) || failure != null) {
            throw new IllegalStateException(
                    "expected the last echoes within " + DRAIN_SECONDS + " s, " + openSlots.getCount() + " missing",
                    failure);
        }
        return new Turn(received, System.nanoTime() - begun);
    }

    /** Sends the messages that are in flight from now on. */
    void begin(int count) throws Exception {
        for (int slot = 0; slot < count; slot++) {
            sendOne();
        }
    }

    /** Takes an echo of that many bytes. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time writes it.
    final void received(int length) {
        if (length != expectedLength) {
            failed(new IllegalStateException("expected an echo of " + expectedLength + " bytes, got " + length));
        }
        received++;
        if (timeIsUp) {
            openSlots.countDown();
            return;
        }
        try {
            sendOne();
        } catch (Exception e) {
            failed(e);
        }
    }

    /** Records that the connection has failed. The turn ends with this failure. */
    final void failed(Throwable cause) {
        failure = cause;
        CountDownLatch slots = openSlots;
        while (slots.getCount() > 0) {
            slots.countDown();
        }
    }
}
