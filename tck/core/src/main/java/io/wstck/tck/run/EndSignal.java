package io.wstck.tck.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Signals that the run must end before all cases were played. The first reason is kept. Thread-safe. */
final class EndSignal {
    private final CompletableFuture<RunSummary.EarlyEnd> reason = new CompletableFuture<>();

    /**
     * Signals the end.
     *
     * @param said the first and the last lines that the client's program wrote, if they explain the end
     */
    void end(String sentence, List<String> said) {
        reason.complete(new RunSummary.EarlyEnd(sentence, said));
    }

    Optional<RunSummary.EarlyEnd> reason() {
        return Optional.ofNullable(reason.getNow(null));
    }

    /** Returns a future that completes when the run must end. */
    CompletableFuture<RunSummary.EarlyEnd> signal() {
        return reason.copy();
    }
}
