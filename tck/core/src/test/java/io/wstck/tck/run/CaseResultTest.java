package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.JudgementNotes;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the cause of a finding in cases that name one. */
class CaseResultTest {
    private static final Cause FAILING = new Cause(
            "failing close frame",
            "rfc6455.close.failing",
            "the client fails a connection without the close frame that RFC 6455 §7.1.7 asks for, or with another code");

    private static List<TestCase> cases;

    @BeforeAll
    static void load() throws Exception {
        cases = CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.shipped()).cases();
    }

    @ParameterizedTest
    @CsvSource({
        "masking.server-close, FIN without a close frame",
        "masking.server-close, RST without a close frame",
        "close-codes.refused-1006, no close frame",
        "deflate-frames.rsv1-close-takeover, FIN without a close frame",
    })
    void aClientThatEndedTheConnectionLacksOnlyItsCloseFrame(String id, String actual) {
        assertThat(finding(id, actual).cause()).isEqualTo(FAILING);
    }

    @ParameterizedTest
    @CsvSource({
        "masking.server-close, close 1000, rfc6455.framing.masked",
        "close-codes.refused-1006, a close frame with 1000, rfc6455.close.payload",
    })
    void aNormalClosingHandshakeIsABreachOfTheClause(String id, String actual, String cause) {
        assertThat(finding(id, actual).cause().id()).isEqualTo(cause);
    }

    @Test
    void aCaseThatNamesAnotherClauseIsReportedAsItsBreach() {
        CaseResult result = result(
                "connect.verifies-response.unknown-extension",
                new Judgement(Verdict.FAILED, "a reason", "the connection failed", "connect succeeded"));

        assertThat(result.cause().clause()).isEqualTo("rfc7692.negotiation.answers");
    }

    private static CaseResult finding(String id, String actual) {
        return result(
                id,
                new Judgement(
                        Verdict.WARNED,
                        "a reason",
                        "the connection failed by a close frame with code 1002",
                        actual,
                        "a signature",
                        KnownStatus.UNLISTED,
                        Optional.of(FAILING),
                        Optional.empty(),
                        JudgementNotes.NONE));
    }

    private static CaseResult result(String id, Judgement judgement) {
        TestCase testCase =
                cases.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
        return new CaseResult(testCase, judgement, 1, 1, Duration.ZERO, List.of(), List.of(), List.of());
    }
}
