package io.wstck.benchmarks.peer;

import java.time.Duration;

/** A client whose calls block, driven by one thread. */
abstract class BlockingPeer implements EchoPeer {
    private int inFlight;

    @Override
    public final void connect(PeerTarget target) throws Exception {
        inFlight = target.workload().inFlight();
        open(target);
    }

    abstract void open(PeerTarget target) throws Exception;

    /** Sends that many messages. */
    abstract void send(int count) throws Exception;

    /** Receives at least one message and at most that many. Returns their number. */
    abstract int receive(int most) throws Exception;

    @Override
    public final Turn run(Duration time) throws Exception {
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        long received = 0;
        int open = inFlight;
        send(open);
        while (true) {
            int count = receive(open);
            received += count;
            if (System.nanoTime() < end) {
                send(count);
            } else {
                open -= count;
                if (open == 0) {
                    return new Turn(received, System.nanoTime() - begun);
                }
            }
        }
    }
}
