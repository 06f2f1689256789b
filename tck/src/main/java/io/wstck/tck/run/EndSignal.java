package io.wstck.tck.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Tells a run to end before all cases were played; the first reason is kept. Any thread. */
final class EndSignal {
    private final CompletableFuture<RunSummary.EarlyEnd> reason = new CompletableFuture<>();

    /**
     * Ends the run.
     *
     * @param said the first and the last lines that the client's program wrote, if they tell why
     */
    void end(String sentence, List<String> said) {
        reason.complete(new RunSummary.EarlyEnd(sentence, said));
    }

    Optional<RunSummary.EarlyEnd> reason() {
        return Optional.ofNullable(reason.getNow(null));
    }

    /** Completes when the run has to end. */
    CompletableFuture<RunSummary.EarlyEnd> signal() {
        return reason.copy();
    }
}
