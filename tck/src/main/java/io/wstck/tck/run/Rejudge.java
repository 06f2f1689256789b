package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Judge;
import io.wstck.tck.judge.Judgement;

/** Judges what a case has left, without a client and a server. Thread-safe; closed by whoever made it. */
public final class Rejudge implements AutoCloseable {
    private final WitnessThreads threads = new WitnessThreads();

    /**
     * The judgement, by this edition of the case.
     *
     * @throws InterruptedException when the thread was interrupted while the checks over the wire ran
     */
    public Judgement judge(TestCase testCase, CaseRecord left) throws InterruptedException {
        // The checks over the wire come behind all that was seen before, as they did then.
        long epoch = System.nanoTime() - left.ended();
        Troubles troubles = new Troubles(epoch);
        left.trouble().ifPresent(troubles::add);
        Assessor.Left material = new Assessor.Left(
                testCase, left.script(), new JournalReading(left.journal()), troubles, epoch, left.compresses());
        Evidence evidence = new Assessor(threads)
                .assess(material, NotedLateness.again(left.late(), epoch), left::ended, new Closings(threads));
        return Judge.judge(testCase.level(), evidence);
    }

    @Override
    public void close() {
        threads.close();
    }
}
