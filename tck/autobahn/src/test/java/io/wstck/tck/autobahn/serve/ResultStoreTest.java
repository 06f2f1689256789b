package io.wstck.tck.autobahn.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.autobahn.CaseId;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ResultStoreTest {
    private static final CaseId CASE = CaseId.parse("1.1.1");

    @Test
    void aRequestThatWaitsForACaseFailsWhenTheCaseHasNoResult() throws Exception {
        ResultStore results = new ResultStore();
        results.begin("agent", CASE);
        CompletableFuture<?> result = results.result("agent", CASE);
        assertThat(result).isNotDone();

        results.abandon("agent", CASE);

        assertThat(result).isCompletedExceptionally();
    }
}
