package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Judge;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import java.util.Optional;

/** Judges what a case has left, without a client and a server. Thread-safe; closed by whoever made it. */
public final class Rejudge implements AutoCloseable {
    private final WitnessThreads threads = new WitnessThreads();

    /**
     * The judgement, by this edition of the case, in a profile.
     *
     * @throws InterruptedException when the thread was interrupted while the checks over the wire ran
     */
    public Judgement judge(Profile profile, TestCase testCase, CaseRecord left) throws InterruptedException {
        Optional<String> unplayed = unplayed(profile, testCase);
        if (unplayed.isPresent()) {
            return Judgement.of(Verdict.SKIPPED, unplayed.get());
        }
        // The checks over the wire come behind all that was seen before, as they did then.
        long epoch = System.nanoTime() - left.ended();
        Troubles troubles = new Troubles(epoch);
        left.trouble().ifPresent(troubles::add);
        Assessor.Left material = new Assessor.Left(
                testCase, left.script(), new JournalReading(left.journal()), troubles, epoch, left.compresses());
        Evidence evidence = new Assessor(threads)
                .assess(material, NotedLateness.again(left.late(), epoch), left::ended, new Closings(threads));
        return Judge.judge(testCase.level(), testCase.levelIn(profile), evidence);
    }

    /** Why a run in the profile would not have played the case, if it would not. */
    private static Optional<String> unplayed(Profile profile, TestCase testCase) {
        return testCase.clause()
                .profile()
                .filter(only -> only != profile)
                .map(only -> "played in profile " + only.word() + " only")
                .or(() -> testCase.replacedIn(profile));
    }

    @Override
    public void close() {
        threads.close();
    }
}
