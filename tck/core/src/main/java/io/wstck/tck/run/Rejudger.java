package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.Judge;
import io.wstck.tck.judge.JudgedJournal;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import java.util.Optional;

/** Judges the record of a case again, without a client and a server. Thread-safe. The caller closes it. */
public final class Rejudger implements AutoCloseable {
    private final WitnessThreads threads = new WitnessThreads();

    /**
     * Judges a record with the given edition of the case, in a profile.
     *
     * @throws InterruptedException if the thread was interrupted during the wire checks
     */
    public Judgement judge(Profile profile, TestCase testCase, CaseRecord caseRecord) throws InterruptedException {
        Optional<String> skipReason = skipReason(profile, testCase);
        if (skipReason.isPresent()) {
            return Judgement.of(Verdict.SKIPPED, skipReason.get());
        }
        // The wire checks get times after all recorded ones, as in the original run.
        long epoch = System.nanoTime() - caseRecord.ended();
        KitErrors errors = new KitErrors(epoch);
        caseRecord.kitError().ifPresent(errors::add);
        EvidenceBuilder.Sources sources = new EvidenceBuilder.Sources(
                testCase,
                caseRecord.script(),
                JudgedJournal.of(caseRecord.journal()),
                errors,
                epoch,
                caseRecord.compresses());
        Evidence evidence = new EvidenceBuilder(threads)
                .build(
                        sources,
                        RecordingStallLog.replay(caseRecord.stalls(), epoch),
                        caseRecord::ended,
                        new ResourceCloser(threads));
        return Judge.judge(testCase.level(), testCase.levelIn(profile), evidence);
    }

    /** Returns why a run in this profile would not have played the case. Empty if it would have. */
    private static Optional<String> skipReason(Profile profile, TestCase testCase) {
        return testCase.clause()
                .profile()
                .filter(only -> only != profile)
                .map(only -> "played in profile " + only.word() + " only")
                .or(() -> testCase.skipReasonIn(profile));
    }

    @Override
    public void close() {
        threads.close();
    }
}
