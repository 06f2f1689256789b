package io.wstck.tck.prove;

import java.time.Duration;

/** Hears of a proof of reach as it goes: the control, then each fault, in order. Called by one thread. */
public interface ReachListener {

    /**
     * All cases were played with the client as it is.
     *
     * @param cases how many
     */
    void controlled(int cases, Duration duration);

    void judged(ReachFinding finding);
}
