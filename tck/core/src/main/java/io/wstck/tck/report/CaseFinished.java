package io.wstck.tck.report;

import io.wstck.tck.cases.CaseExcerpt;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunSummary;
import io.wstck.tck.run.TimelineEntry;
import java.time.Duration;
import java.util.List;

/**
 * The event for one finished case, with everything that a report shows about it. Rendering needs no clause catalogue.
 *
 * @param level of the case itself, independent of the profile
 * @param contract of the case
 * @param cause the defect of the implementation; meaningful only if the verdict is a finding
 * @param repetition from 1
 * @param attempts from 1
 * @param source {@code file:line} of the case, relative to the folder of the cases
 * @param measured the times that the case measured, in order
 * @param transcript one line per entry, ordered by time
 * @param sequence the transcript as entries of a diagram; empty in events of old kits
 * @param script the Lua text of the case; empty in events of old kits
 * @param earlier the judgement of each earlier attempt, in order; empty in events of old kits
 */
public record CaseFinished(
        String id,
        String title,
        Requirement requirement,
        Level level,
        Contract contract,
        Judgement judgement,
        Cause cause,
        Duration duration,
        int repetition,
        int attempts,
        String source,
        List<MeasuredTime> measured,
        List<String> transcript,
        List<TimelineEntry> sequence,
        String script,
        List<Judgement> earlier)
        implements RunEvent {

    public CaseFinished {
        earlier = List.copyOf(earlier);
        measured = List.copyOf(measured);
        transcript = List.copyOf(transcript);
        sequence = List.copyOf(sequence);
    }

    /**
     * The clause that a case tests.
     *
     * @param reference the section of the documentation or of an RFC
     */
    public record Requirement(String clause, String section, String statement, String reference) {}

    /** The event of a result. */
    public static CaseFinished of(CaseResult result) {
        return of(result, script(result.testCase()));
    }

    /** The event of a result without the Lua text, which takes a while to extract. */
    static CaseFinished withoutScript(CaseResult result) {
        return of(result, "");
    }

    /** The event of a result whose Lua text is {@code script}. */
    static CaseFinished of(CaseResult result, String script) {
        Clause clause = result.testCase().clause();
        return new CaseFinished(
                result.testCase().id(),
                result.testCase().title(),
                new Requirement(clause.id(), clause.section(), clause.statement(), clause.source()),
                result.testCase().level(),
                result.testCase().contract(),
                result.judgement(),
                result.cause(),
                result.duration(),
                result.repetition(),
                result.attempts(),
                result.testCase().position().toString(),
                result.measured(),
                result.transcript(),
                result.timeline(),
                script,
                result.earlier());
    }

    /** The Lua text of a case. The cases of a loop have the same position and text. */
    static String script(TestCase testCase) {
        return String.join(
                "\n",
                CaseExcerpt.of(testCase.file().source(), testCase.position().line()));
    }

    /** The part that a run's summary needs. */
    public RunSummary.Result result() {
        return new RunSummary.Result(id, level, contract, judgement, stability());
    }

    /** Whether every attempt at it had the same verdict. */
    RunSummary.Stability stability() {
        return RunSummary.Stability.of(judgement, earlier);
    }

    /** A copy with another judgement. */
    public CaseFinished withJudgement(Judgement other) {
        return new CaseFinished(
                id,
                title,
                requirement,
                level,
                contract,
                other,
                cause,
                duration,
                repetition,
                attempts,
                source,
                measured,
                transcript,
                sequence,
                script,
                earlier);
    }

    /** A copy without transcript, sequence and script, which are large. */
    CaseFinished withoutDetails() {
        return new CaseFinished(
                id,
                title,
                requirement,
                level,
                contract,
                judgement,
                cause,
                duration,
                repetition,
                attempts,
                source,
                measured,
                List.of(),
                List.of(),
                "",
                earlier);
    }

    /** Whether the verdict counts against the implementation, known or not. */
    public boolean isFinding() {
        return judgement.isFinding() || verdict() == Verdict.KNOWN;
    }

    public Verdict verdict() {
        return judgement.verdict();
    }
}
