package io.wstck.tck.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports use other texts for a check than its signature. */
class CheckWordingTest {
    @ParameterizedTest
    @EnumSource(Rule.class)
    void aViolationHasTheDemandOfItsRule(Rule rule) {
        CheckWording wording = CheckWording.of(violation(rule, "an octet"));

        assertThat(wording.expected()).endsWith("(" + rule.source() + ")").doesNotContain("a client that keeps to");
        assertThat(wording.actual()).isEqualTo("an octet");
    }

    @Test
    void aViolationDetailWithAnExpectationIsSplit() {
        CheckWording wording = CheckWording.of(
                violation(Rule.HANDSHAKE_REQUEST, "expected a request target that is a path, got \"?a=1\""));

        assertThat(wording.expected()).isEqualTo("a request target that is a path (RFC 6455 §4.1)");
        assertThat(wording.actual()).isEqualTo("\"?a=1\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SCRIPT | closed | nil, false | text message "x", true | channel closed | the connection closed, and no message (nil, false) | text message "x"
            SCRIPT | message | text message "a", true | nil, false | message received | text message "a" | nil, false
            WIRE | ok | a close frame | none | condition | a close frame | none
            SERVER | step 1, expect-failed | a failure | a compressed text message "on a connection that had to fail" | step 1, expect-failed | a failure | connect succeeded, and a message of the script arrived at the server: a compressed text message "on a connection that had to fail"
            """)
    void aCheckHasTextsForReaders(
            Witness witness,
            String name,
            String expected,
            String actual,
            String what,
            String toldExpected,
            String toldActual) {
        Check check =
                new Check(witness, Strength.CASE, Check.Outcome.FAILED, CheckKinds.of(name), expected, actual, "", 0);

        assertThat(CheckWording.of(check)).isEqualTo(new CheckWording(what, toldExpected, toldActual));
        assertThat(Signature.of(check)).endsWith(name + ": expected " + expected + ", got " + actual);
    }

    private static Check violation(Rule rule, String detail) {
        return new Check(
                Witness.SERVER,
                Strength.CASE,
                Check.Outcome.FAILED,
                new CheckKind.Violation(rule),
                "a client that keeps to " + rule.source(),
                detail,
                "",
                0);
    }
}
