package io.wstck.tck.autobahn.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.autobahn.CaseId;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ResultBoardTest {
    private static final CaseId CASE = CaseId.parse("1.1.1");

    @Test
    void whoWaitsForACaseThatEndsWithoutAResultIsNotLeftWaiting() throws Exception {
        ResultBoard board = new ResultBoard();
        board.admit("agent");
        board.begin("agent", CASE);
        CompletableFuture<?> result = board.result("agent", CASE);
        assertThat(result).isNotDone();

        board.abandon("agent", CASE);

        assertThat(result).isCompletedExceptionally();
    }
}
