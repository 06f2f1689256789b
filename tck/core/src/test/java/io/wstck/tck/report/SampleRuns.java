package io.wstck.tck.report;

import io.wstck.tck.cases.CaseFile;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.Position;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates runs for the tests of the reports. */
final class SampleRuns {
    static final Judgement PASSED = Judgement.of(Verdict.PASSED, "");
    static final Judgement FAILED = new Judgement(
            Verdict.FAILED,
            "the wire does not show what the clause demands",
            "a close frame with code 1000",
            "a close frame with code 1001 \"bye\"");

    private SampleRuns() {}

    static RunInfo info(int cases, int repetitions) {
        Description client = new Description("wstck-client", "1.2.3", "Java", Set.of());
        return new RunInfo("0.9.0", client, Profile.API, "Linux amd64, Java 25", 42, 2, cases, repetitions);
    }

    static CaseResult result(String id, Judgement judgement, String... transcript) {
        return result(id, judgement, 1, List.of(transcript));
    }

    static CaseResult result(String id, Judgement judgement, int round, List<String> transcript) {
        return new CaseResult(
                testCase(id, "close() without arguments sends 1000", "Closing"),
                judgement,
                round,
                1,
                Duration.ofMillis(12),
                List.of(),
                transcript,
                List.of());
    }

    static CaseResult inSection(String section, String id, Judgement judgement) {
        return new CaseResult(
                testCase(id, "a title", section),
                judgement,
                1,
                1,
                Duration.ofMillis(12),
                List.of(),
                List.of("a line"),
                List.of());
    }

    static RunSummary summary(List<CaseResult> results, RunSummary.Conclusion conclusion) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, 0);
        }
        results.forEach(result -> counts.merge(result.verdict(), 1, Integer::sum));
        List<RunSummary.Result> all =
                results.stream().map(result -> CaseFinished.of(result).result()).toList();
        return new RunSummary(
                counts,
                results.size(),
                results.size() + 1,
                RunSummary.of(Profile.API, all, RunSummary.Completion.COMPLETE, Duration.ZERO)
                        .contracts(),
                List.of("close.unstable"),
                List.of(),
                conclusion,
                Duration.ofMillis(4210));
    }

    /** Reports a whole run to {@code listener}. */
    static void play(RunListener listener, RunSummary.Conclusion conclusion, CaseResult... results) {
        listener.started(info(results.length, 1));
        for (CaseResult result : results) {
            listener.finished(result);
        }
        listener.ended(summary(List.of(results), conclusion));
    }

    private static TestCase testCase(String id, String title, String section) {
        Clause clause = new Clause(
                "close.default",
                section,
                "close(): 1000 on the wire, true, nil",
                Level.MUST,
                List.of(),
                "documentation, Closing",
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new TestCase(
                id,
                clause,
                Level.MUST,
                title,
                new Position("api/closing.lua", 12),
                Optional.empty(),
                Duration.ofSeconds(10),
                TestCase.Overtime.CASE,
                TestCase.Weight.LIGHT,
                Set.of(),
                Set.of(),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                file());
    }

    private static CaseFile file() {
        try {
            return CaseFile.of("api/closing.lua", "");
        } catch (CaseFileException e) {
            throw new IllegalStateException("an empty file is Lua", e);
        }
    }
}
