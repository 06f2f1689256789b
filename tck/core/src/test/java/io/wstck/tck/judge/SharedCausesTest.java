package io.wstck.tck.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.Rule;
import io.wstck.tck.catalogue.ClauseCatalogue;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the causes of failed checks that many cases share. */
class SharedCausesTest {
    private static final ClauseCatalogue CATALOGUE = ClauseCatalogue.load();

    @ParameterizedTest
    @EnumSource(Rule.class)
    void aViolationIsOneCauseOwnedByAClause(Rule rule) {
        Set<Rule> ofServers = EnumSet.of(Rule.MASKED_FRAME, Rule.EXTENSION_DEMAND);
        Cause cause = cause(Witness.SERVER, Strength.CASE, "violation " + rule.word(), "an octet")
                .orElseThrow();

        assertThat(cause.id()).isEqualTo("violation " + rule.word());
        assertThat(CATALOGUE.clause(cause.clause())).isPresent();
        assertThat(cause.what()).startsWith(ofServers.contains(rule) ? "the server " : "the client ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SCRIPT | CASE   | connect                | nil, error           | connect                | connect.returns
            SCRIPT | CASE   | control connection     | nil, error           | connect                | connect.returns
            SCRIPT | CASE   | alive                  | nil, false           | alive                  | receive.message
            SCRIPT | CASE   | error                  | refused: 1.2.3.4     | raised refused         | connect.returns
            SCRIPT | CASE   | client made            | nothing              | client made            | connect.returns
            SCRIPT | CASE   | client let go          | nothing              | client let go          | close.unanswered
            SCRIPT | CASE   | fails                  | nil (another kind)   | error kind             | errors.is
            SCRIPT | CASE   | fails                  | x (retryable is true) | error retryable       | errors.methods
            SCRIPT | CASE   | closed                 | nil, true            | closed channel         | receive.closed
            SERVER | SHOULD | step 4, expect-failed  | a FIN                | failing close frame    | rfc6455.close.failing
            SERVER | CASE   | step 4, expect-failed  | nothing, and the script has ended | rfc6455.handshake.not-reused | rfc6455.handshake.not-reused
            """)
    void aCheckThatEveryCaseCanMakeHasOneCause(
            Witness witness, Strength strength, String name, String actual, String id, String clause) {
        Cause cause = cause(witness, strength, name, actual).orElseThrow();

        assertThat(cause.id()).isEqualTo(id);
        assertThat(cause.clause()).isEqualTo(clause);
        assertThat(CATALOGUE.clause(cause.clause())).isPresent();
        // A shared cause with the id of a clause has the sentence of that clause.
        CATALOGUE
                .clause(cause.id())
                .ifPresent(owner -> assertThat(owner.breach()).contains(cause.what()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SCRIPT | CASE | returns               | nil
            SCRIPT | CASE | fails                 | true (the call succeeded)
            SCRIPT | CASE | closed                | text message "x", true
            SERVER | CASE | step 4, expect-failed | a text message "x"
            SERVER | CASE | step 4, expect-close  | nothing, and the script has ended
            WIRE   | CASE | connect               | nothing
            """)
    void anyOtherCheckHasTheClauseOfItsCaseAsCause(Witness witness, Strength strength, String name, String actual) {
        assertThat(cause(witness, strength, name, actual)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SHOULD | a close frame with 1002 or 1007               | true
            CASE   | a close frame with 1002 or 1007               | false
            SHOULD | a close frame with 1001 or 1000 as the answer | false
            SHOULD | at least 16 pings                             | false
            """)
    void theCloseFrameOfAFailedConnectionIsOneCauseOnTheWireToo(Strength strength, String expected, boolean shared) {
        Check check = new Check(Witness.WIRE, strength, Check.Outcome.FAILED, NamedCheck.OK, expected, "none", "", 0);

        assertThat(SharedCauses.of(check).map(Cause::id).equals(Optional.of("failing close frame")))
                .isEqualTo(shared);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            message 2 (99 bytes) plain      | message 2 (99 bytes) compressed  | compressed below threshold
            messages 1 (9 bytes), 2 (8 bytes) plain | messages 1 (9 bytes), 2 (8 bytes) compressed | compressed below threshold
            each message compressed         | message 1 (100 bytes) plain      | left plain
            message 1 (100 bytes) compressed | message 1 (100 bytes) plain     | left plain
            each message plain              | message 1 (20 bytes) compressed  |
            each message compressed         | no message                       |
            message 1 (9 bytes) compressed; message 2 (8 bytes) plain | message 1 (9 bytes) plain; message 2 (8 bytes) compressed |
            """)
    void aWrongChoiceOfCompressedMessagesIsACauseOfItsOwn(String expected, String actual, String id) {
        Check check = new Check(
                Witness.WIRE, Strength.SHOULD, Check.Outcome.FAILED, NamedCheck.COMPRESSED, expected, actual, "", 0);

        assertThat(SharedCauses.of(check).map(Cause::id)).isEqualTo(Optional.ofNullable(id));
    }

    @Test
    void aDyingProgramIsACauseOfItsOwn() {
        assertThat(Judge.died("exit status 2").sharedCause().orElseThrow().id()).isEqualTo("program died");
        assertThat(CATALOGUE.clause(SharedCauses.died().clause())).isPresent();
    }

    private static Optional<Cause> cause(Witness witness, Strength strength, String name, String actual) {
        return SharedCauses.of(new Check(
                witness, strength, Check.Outcome.FAILED, CheckKinds.of(name, actual), "another", actual, "", 0));
    }
}
