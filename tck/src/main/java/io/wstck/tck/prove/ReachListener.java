package io.wstck.tck.prove;

import java.time.Duration;
import java.util.List;

/** Hears of a proof of reach as it goes: the control, then each fault, in order. Called by one thread. */
public interface ReachListener {

    /**
     * All cases were played with the client as it is.
     *
     * @param cases how many
     * @param failures ids of those that do not pass, and prove nothing
     */
    void controlled(int cases, List<String> failures, Duration duration);

    void judged(ReachFinding finding);
}
