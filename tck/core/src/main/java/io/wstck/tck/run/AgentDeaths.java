package io.wstck.tck.run;

import io.wstck.tck.implementation.NotJudgedReason;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts agents that died in a row without a finished case in between, and ends the run when there are too many.
 * Otherwise an agent that dies at each connect would be restarted for every case. Thread-safe.
 */
final class AgentDeaths {
    /**
     * The run ends after this number of deaths. Only shared agents count: a case that kills its agent is repeated in
     * its own process.
     */
    static final int MAX_DEATHS = 10;

    private final EndSignal end;

    /** Guards {@link #lastDeath} and {@link #deathsInARow}. */
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<NotJudgedReason.LostProgram> lastDeath = Optional.empty();
    private int deathsInARow;

    AgentDeaths(EndSignal end) {
        this.end = end;
    }

    /** Resets the count: a case with a server was played to its end, so its agent works. */
    void caseFinished() {
        lock.lock();
        try {
            deathsInARow = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Counts a death. Several cases may report the same death: they pass the same object. */
    @SuppressWarnings("ReferenceEquality")
    void agentDied(NotJudgedReason.LostProgram death) {
        lock.lock();
        try {
            if (lastDeath.isPresent() && lastDeath.get() == death) {
                return;
            }
            lastDeath = Optional.of(death);
            deathsInARow++;
            if (deathsInARow >= MAX_DEATHS) {
                end.end(
                        deathsInARow
                                + " agents in a row died, and no case with a server was finished in between; of the"
                                + " last one: " + death.sentence(),
                        death.outputLines());
            }
        } finally {
            lock.unlock();
        }
    }
}
