package io.wstck.tck.prove;

import java.time.Duration;
import java.util.List;

/** Hears of a proof as it goes, in order: the control, each fault, each null client. Called by one thread at a time. */
public interface ProofListener {

    /**
     * The cases were played with the client as it is.
     *
     * @param cases how many
     * @param failures ids of those that do not pass, and prove nothing
     */
    void controlled(int cases, List<String> failures, Duration duration);

    void judged(Finding finding);

    void judged(NullFinding finding);
}
