package io.wstck.tck.report;

import io.wstck.tck.cases.CaseExcerpt;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Measured;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.Moment;
import io.wstck.tck.run.RunSummary;
import java.time.Duration;
import java.util.List;

/**
 * What became of one case, with all that a report says of it: a rendering needs no catalogue beside the events.
 *
 * @param level the case's own, whatever binds in the profile
 * @param contract that the case belongs to
 * @param cause what is wrong with the implementation; says something only where the verdict is a finding
 * @param repetition from 1
 * @param attempts from 1
 * @param source {@code file:line} of the case below the folder of the cases
 * @param measured the times that the case has measured, in order
 * @param transcript a line each, in order of time
 * @param sequence the same taken apart, for a diagram; empty in events of kits that did not write it
 * @param script the case as its file declares it, in Lua; empty in events of kits that did not write it
 * @param earlier what each earlier attempt was judged, in order; empty in events of kits that did not write it
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
        List<Measured> measured,
        List<String> transcript,
        List<Moment> sequence,
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

    public static CaseFinished of(CaseResult result) {
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
                result.sequence(),
                script(result.testCase()),
                result.earlier());
    }

    private static String script(TestCase testCase) {
        return String.join(
                "\n",
                CaseExcerpt.of(testCase.file().source(), testCase.position().line()));
    }

    /** As much of it as a summary needs. */
    public RunSummary.Result result() {
        return new RunSummary.Result(id, level, contract, judgement, steadiness());
    }

    /** Whether every attempt at it had the same verdict. */
    RunSummary.Steadiness steadiness() {
        return RunSummary.Steadiness.of(judgement, earlier);
    }

    /** The same without transcript, sequence and script, which are large. */
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

    /** Whether it speaks against the implementation, listed as known or not. */
    public boolean isFinding() {
        return judgement.isFinding() || verdict() == Verdict.KNOWN;
    }

    public Verdict verdict() {
        return judgement.verdict();
    }
}
