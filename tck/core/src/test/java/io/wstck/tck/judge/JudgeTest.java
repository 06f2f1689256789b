package io.wstck.tck.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.catalogue.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests verdicts for evidence. */
class JudgeTest {
    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({
        // level, checks in order, verdict, name of the check in the reason
        "MUST,   met,                PASSED,   ''",
        "RFC,    met,                PASSED,   ''",
        "SHOULD, met,                PASSED,   ''",
        "MAY,    met,                OBSERVED, ''",
        "SHOULD, error,              FAILED,   0",
        "MAY,    error,              FAILED,   0",
        "MAY,    failed error,       FAILED,   1",
        "MUST,   failed,             FAILED,   0",
        "RFC,    failed,             FAILED,   0",
        "SHOULD, failed,             WARNED,   0",
        "MAY,    failed,             OBSERVED, 0",
        "MUST,   missed,             WARNED,   0",
        "RFC,    missed,             WARNED,   0",
        "SHOULD, missed,             WARNED,   0",
        "MAY,    missed,             OBSERVED, 0",
        "MUST,   met failed,         FAILED,   1",
        "MUST,   missed failed,      FAILED,   1",
        "MUST,   failed missed,      FAILED,   0",
        "MUST,   met missed met,     WARNED,   1",
        "MUST,   should,             PASSED,   ''",
        "MUST,   doubt met,          INCONCLUSIVE, 0",
        "SHOULD, doubt,              INCONCLUSIVE, 0",
        "MAY,    doubt,              INCONCLUSIVE, 0",
        "MUST,   doubt failed,       FAILED,   1",
        "MUST,   missed doubt,       INCONCLUSIVE, 1",
    })
    void theLevelAndTheStrongestFailedCheckDecideTheVerdict(Level level, String words, Verdict verdict, String about) {
        List<Check> checks = new ArrayList<>();
        for (String word : words.split(" ", -1)) {
            checks.add(check(word, Witness.SCRIPT, checks.size(), ""));
        }
        Judgement judgement = Judge.judge(level, evidence(checks));

        assertThat(judgement.verdict()).isEqualTo(verdict);
        if (about.isEmpty()) {
            String seen = verdict == Verdict.OBSERVED ? "every check was met, the last one: check-0: actual-0" : "";
            assertThat(judgement).isEqualTo(Judgement.of(verdict, seen));
        } else {
            String belief = verdict == Verdict.INCONCLUSIVE ? "not believed: " : "";
            assertThat(judgement.reason()).startsWith(belief + "in the script, check-" + about);
            assertThat(judgement.expected()).isEqualTo("expected-" + about);
            assertThat(judgement.actual()).isEqualTo("actual-" + about + (belief.isEmpty() ? "" : " (late)"));
        }
    }

    @ParameterizedTest(name = "{0} in a may case is {2} where the clause lists outcomes: {1}")
    @CsvSource({
        "failed,         LISTED,   WARNED",
        "failed missed,  LISTED,   WARNED",
        "met failed,     LISTED,   WARNED",
        "missed,         LISTED,   OBSERVED",
        "met,            LISTED,   OBSERVED",
        "doubt,          LISTED,   INCONCLUSIVE",
        "failed,         UNLISTED, OBSERVED",
    })
    void anOutcomeThatIsNotListedIsAWarning(String words, Evidence.AcceptedOutcomes accepted, Verdict verdict) {
        List<Check> checks = new ArrayList<>();
        for (String word : words.split(" ", -1)) {
            checks.add(check(word, Witness.SCRIPT, checks.size(), ""));
        }
        Evidence evidence =
                new Evidence(checks, List.of("seen"), List.of(), Optional.empty(), accepted, Optional.empty());

        assertThat(Judge.judge(Level.MAY, evidence).verdict()).isEqualTo(verdict);
    }

    @Test
    void aProgramThatDiedHasFailedAtAnyLevel() {
        assertThat(Judge.died("exit status 1").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void anUnjudgedCheckIsNoFinding() {
        Check script = check("failed", Witness.SCRIPT, 5, "a.lua:3").notJudged();
        Check server = check("failed", Witness.SERVER, 10, "");

        assertThat(Judge.judge(Level.MUST, evidence(List.of(script, server)))).satisfies(judgement -> {
            assertThat(judgement.reason()).isEqualTo("at the server, check-10");
            assertThat(judgement.signature()).startsWith("server check-10");
        });
    }

    @ParameterizedTest
    @CsvSource({"MUST", "RFC", "SHOULD", "MAY"})
    void aCaseWithoutChecksIsInconclusive(Level level) {
        assertThat(Judge.judge(level, evidence(List.of())))
                .isEqualTo(Judgement.of(Verdict.INCONCLUSIVE, "the case made no check, so nothing is known"));
    }

    @ParameterizedTest(name = "{0}: {1}, then trouble, then {2} is {3}")
    @CsvSource({
        "MUST,   met,        failed, INCONCLUSIVE",
        "MUST,   failed,     met,    FAILED",
        "MUST,   met failed, failed, FAILED",
        "SHOULD, failed,     met,    WARNED",
        "MAY,    failed,     met,    OBSERVED",
        "MAY,    error,      met,    FAILED",
        // Later checks could have failed at a stricter level than the missed should.
        "MUST,   missed,     met,    INCONCLUSIVE",
        "MUST,   doubt,      failed, INCONCLUSIVE",
    })
    void onlyFailuresBeforeTheKitErrorCount(Level level, String before, String after, Verdict verdict) {
        List<Check> checks = new ArrayList<>();
        for (String word : before.split(" ", -1)) {
            checks.add(check(word, Witness.SCRIPT, checks.size(), ""));
        }
        checks.add(check(after, Witness.SCRIPT, 100, ""));
        Judgement judgement = Judge.judge(
                level, evidence(checks, List.of("seen"), List.of(), Optional.of(new KitError("no port", 50))));

        assertThat(judgement.verdict()).isEqualTo(verdict);
        if (verdict == Verdict.INCONCLUSIVE) {
            assertThat(judgement).isEqualTo(Judgement.of(verdict, "no port"));
        } else {
            assertThat(judgement.reason()).isEqualTo("in the script, check-" + (checks.size() - 2));
        }
    }

    @Test
    void anObservationAloneIsEnoughOnlyForAMay() {
        Evidence evidence = evidence(List.of(), List.of("seven"), List.of(), Optional.empty());

        assertThat(Judge.judge(Level.MAY, evidence)).isEqualTo(Judgement.of(Verdict.OBSERVED, "seven"));
        assertThat(Judge.judge(Level.MUST, evidence).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aPassedCaseNamesEachSeenOutcomeOnce() {
        Evidence evidence = evidence(
                List.of(check("met", Witness.SCRIPT, 1, "")),
                List.of("one", "two"),
                List.of("raises", "two"),
                Optional.empty());

        assertThat(Judge.judge(Level.MUST, evidence)).isEqualTo(Judgement.of(Verdict.PASSED, "one; two; raises"));
    }

    @Test
    void theFirstFailureIsTheReasonWhicheverWitnessSawIt() {
        Check script = check("failed", Witness.SCRIPT, 20, "a.lua:3");
        Check server = check("failed", Witness.SERVER, 10, "");
        Check wire = check("failed", Witness.WIRE, 5, "a.lua:9");

        assertThat(Judge.judge(Level.MUST, evidence(List.of(script, wire, server)))
                        .reason())
                .isEqualTo("at the server, check-10 (and 2 more)");
        assertThat(Judge.judge(Level.MUST, evidence(List.of(script, wire))).reason())
                .isEqualTo("a.lua:3: in the script, check-20 (and 1 more)");
        assertThat(Judge.judge(Level.MUST, evidence(List.of(wire))).reason())
                .isEqualTo("a.lua:9: on the wire, check-5");
    }

    @ParameterizedTest(name = "{0} as {1}: {2} is {3}, and {4} if it binds")
    @CsvSource({
        "MUST, SHOULD, failed,        WARNED, FAILED",
        "MUST, SHOULD, missed failed, WARNED, FAILED",
        "MUST, SHOULD, missed,        WARNED, ''",
        "MUST, SHOULD, met,           PASSED, ''",
        "MUST, SHOULD, doubt,         INCONCLUSIVE, ''",
        "MUST, MUST,   failed,        FAILED, ''",
        "RFC,  RFC,    failed,        FAILED, ''",
        "MAY,  MAY,    failed,        OBSERVED, ''",
    })
    void anUnboundFailureIsAWarningWithItsOtherVerdict(
            Level level, Level effective, String words, Verdict verdict, String ifBinding) {
        List<Check> checks = new ArrayList<>();
        for (String word : words.split(" ", -1)) {
            checks.add(check(word, Witness.SCRIPT, checks.size(), ""));
        }
        Judgement judgement = Judge.judge(level, effective, evidence(checks));

        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.ifBinding().map(Verdict::name).orElse("")).isEqualTo(ifBinding);
        // The same failure has the same signature in every profile.
        if (!ifBinding.isEmpty()) {
            assertThat(judgement.signature())
                    .isEqualTo(Judge.judge(level, evidence(checks)).signature());
        }
    }

    private static Evidence evidence(List<Check> checks) {
        return evidence(checks, List.of(), List.of(), Optional.empty());
    }

    /** Evidence for a clause that lists no outcomes. */
    private static Evidence evidence(
            List<Check> checks, List<String> observations, List<String> outcomes, Optional<KitError> kitError) {
        return new Evidence(
                checks, observations, outcomes, kitError, Evidence.AcceptedOutcomes.UNLISTED, Optional.empty());
    }

    @Test
    void aMissedShouldOfABindingCaseListsMetAndUnmetParts() {
        List<Check> checks = List.of(
                named(Witness.SCRIPT, Strength.CASE, Check.Outcome.MET, "connect", 1),
                named(Witness.SERVER, Strength.CASE, Check.Outcome.MET, "step 1, send-frame", 2),
                named(Witness.SERVER, Strength.CASE, Check.Outcome.MET, "step 2, expect-failed", 3),
                named(Witness.SCRIPT, Strength.CASE, Check.Outcome.MET, "closed", 4),
                named(Witness.WIRE, Strength.SHOULD, Check.Outcome.FAILED, "ok", 5));

        assertThat(Judge.judge(Level.RFC, evidence(checks)).notes().parts())
                .containsExactly(
                        "required part met (rfc): in the script, receive said closed",
                        "required part met (rfc): at the server, step 2, expect-failed: actual-3",
                        "recommended part not met (should): on the wire, expected expected-5, got actual-5");
        assertThat(Judge.judge(Level.SHOULD, evidence(checks)).notes()).isEqualTo(JudgementNotes.NONE);
    }

    @Test
    void onlyAFindingHasAHint() {
        for (String word : List.of("failed", "met")) {
            Evidence evidence = new Evidence(
                    List.of(check(word, Witness.SCRIPT, 1, "")),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Evidence.AcceptedOutcomes.UNLISTED,
                    Optional.of("a hint"));

            assertThat(Judge.judge(Level.MUST, evidence).notes().hint().isPresent())
                    .isEqualTo(word.equals("failed"));
        }
    }

    private static Check named(Witness witness, Strength strength, Check.Outcome outcome, String name, long nanos) {
        return new Check(
                witness, strength, outcome, CheckKinds.of(name), "expected-" + nanos, "actual-" + nanos, "", nanos);
    }

    /**
     * @param word {@code met}, {@code failed}, {@code doubt}; {@code should} and {@code missed} are the same for a
     * should; {@code error} fails at any level
     */
    private static Check check(String word, Witness witness, long nanos, String position) {
        Check check = new Check(
                witness,
                switch (word) {
                    case "missed", "should" -> Strength.SHOULD;
                    case "error" -> Strength.ANY_LEVEL;
                    default -> Strength.CASE;
                },
                word.equals("met") || word.equals("should") ? Check.Outcome.MET : Check.Outcome.FAILED,
                CheckKinds.of("check-" + nanos),
                "expected-" + nanos,
                "actual-" + nanos,
                position,
                nanos);
        return word.equals("doubt") ? check.inDoubt("late") : check;
    }
}
