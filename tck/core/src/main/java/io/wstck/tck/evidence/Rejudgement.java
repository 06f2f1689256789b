package io.wstck.tck.evidence;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.Rejudger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of judging a run's evidence again with this kit.
 *
 * @param runProfile the profile of the run
 * @param by the profile of the new judgement
 * @param same number of cases with the same verdict as before
 * @param changedText number of cases whose text has changed; their verdicts may differ for that reason
 * @param leftOut number of cases that the run left out of its evidence
 * @param digested how much of the evidence its digests protect
 */
public record Rejudgement(
        Profile runProfile,
        Profile by,
        int same,
        int changedText,
        int leftOut,
        DigestCoverage digested,
        List<Difference> differences) {
    public Rejudgement {
        differences = List.copyOf(differences);
    }

    /** How much of a file its digests cover. */
    public enum DigestCoverage {
        ALL,
        /** The format of old kits. */
        JOURNAL_ENTRIES
    }

    /**
     * A case with another verdict than before.
     *
     * @param now empty if the case does not exist any more
     */
    public record Difference(String id, int repetition, Verdict then, Optional<Judgement> now) {}

    /**
     * Judges all cases of a file again.
     *
     * @param chosen the profile to judge by; empty: the profile of the run
     * @throws EvidenceException if the evidence is invalid; then there is no result
     */
    public static Rejudgement of(Path file, CaseCatalogue cases, Optional<Profile> chosen)
            throws EvidenceException, InterruptedException {
        VerdictCounter counting = new VerdictCounter(cases);
        try (Rejudger judge = new Rejudger()) {
            EvidenceReader.EvidenceTotals end =
                    EvidenceReader.read(file, (profile, item) -> counting.take(item, chosen.orElse(profile), judge));
            return new Rejudgement(
                    end.profile(),
                    chosen.orElse(end.profile()),
                    counting.same,
                    counting.changedText,
                    end.leftOut(),
                    end.digested(),
                    counting.differences);
        }
    }

    private static final class VerdictCounter {
        private final CaseCatalogue cases;
        private final CaseHashes hashes = new CaseHashes();
        private final List<Difference> differences = new ArrayList<>();
        private int same;
        private int changedText;

        VerdictCounter(CaseCatalogue cases) {
            this.cases = cases;
        }

        void take(CaseEvidence item, Profile profile, Rejudger judge) throws InterruptedException {
            Optional<TestCase> testCase = cases.testCase(item.id());
            if (testCase.isEmpty()) {
                differences.add(new Difference(item.id(), item.repetition(), item.verdict(), Optional.empty()));
                return;
            }
            if (!hashes.of(testCase.get().file()).equals(item.caseHash())) {
                changedText++;
            }
            Judgement now = judge.judge(profile, testCase.get(), item.caseRecord());
            if (now.verdict() == item.verdict()) {
                same++;
            } else {
                differences.add(new Difference(item.id(), item.repetition(), item.verdict(), Optional.of(now)));
            }
        }
    }
}
