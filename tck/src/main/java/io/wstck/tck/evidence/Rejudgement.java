package io.wstck.tck.evidence;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.Rejudge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the evidence of a run is judged by this kit.
 *
 * @param ofRun the profile of the run
 * @param by the profile that it is judged by now
 * @param same how many cases have the verdict that they had
 * @param otherText how many cases have another text than they had: they may well differ
 * @param leftOut how many cases the run had left out of its evidence
 * @param digested what of the evidence has a digest, so that a change would have been noticed
 */
public record Rejudgement(
        Profile ofRun,
        Profile by,
        int same,
        int otherText,
        int leftOut,
        Digested digested,
        List<Difference> differences) {
    public Rejudgement {
        differences = List.copyOf(differences);
    }

    /** What of a file its digests cover. */
    public enum Digested {
        ALL,
        /** As earlier kits wrote it. */
        JOURNAL_ENTRIES
    }

    /**
     * A case that is not judged as it was.
     *
     * @param now absent when there is no such case any more
     */
    public record Difference(String id, int repetition, Verdict then, Optional<Judgement> now) {}

    /**
     * Judges all of it again.
     *
     * @param chosen the profile to judge by; absent: that of the run
     * @throws EvidenceException if the evidence cannot be relied upon; nothing is said of it then
     */
    public static Rejudgement of(Path file, CaseCatalogue cases, Optional<Profile> chosen)
            throws EvidenceException, InterruptedException {
        Counting counting = new Counting(cases);
        try (Rejudge judge = new Rejudge()) {
            EvidenceFile.End end =
                    EvidenceFile.read(file, (profile, item) -> counting.take(item, chosen.orElse(profile), judge));
            return new Rejudgement(
                    end.profile(),
                    chosen.orElse(end.profile()),
                    counting.same,
                    counting.otherText,
                    end.leftOut(),
                    end.digested(),
                    counting.differences);
        }
    }

    private static final class Counting {
        private final CaseCatalogue cases;
        private final CaseHashes hashes = new CaseHashes();
        private final List<Difference> differences = new ArrayList<>();
        private int same;
        private int otherText;

        Counting(CaseCatalogue cases) {
            this.cases = cases;
        }

        void take(EvidenceItem item, Profile profile, Rejudge judge) throws InterruptedException {
            Optional<TestCase> testCase = cases.testCase(item.id());
            if (testCase.isEmpty()) {
                differences.add(new Difference(item.id(), item.repetition(), item.verdict(), Optional.empty()));
                return;
            }
            if (!hashes.of(testCase.get().file()).equals(item.caseHash())) {
                otherText++;
            }
            Judgement now = judge.judge(profile, testCase.get(), item.left());
            if (now.verdict() == item.verdict()) {
                same++;
            } else {
                differences.add(new Difference(item.id(), item.repetition(), item.verdict(), Optional.of(now)));
            }
        }
    }
}
