package io.wstck.tck.run;

import io.wstck.tck.implementation.Hindrance;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts agents that died one after the other while no case was finished: an agent that dies at each connect would be started again for each
 * of a thousand cases. Any thread.
 */
final class AgentDeaths {
    /** Of agents that cases shared: a case that kills its agent is played again in another one. */
    static final int MOST = 10;

    private final EndSignal end;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<Hindrance.Lost> last = Optional.empty();
    private int inARow;

    AgentDeaths(EndSignal end) {
        this.end = end;
    }

    /** A case with a server was played to its end: its agent lives. */
    void finished() {
        lock.lock();
        try {
            inARow = 0;
        } finally {
            lock.unlock();
        }
    }

    /** An agent died. Several cases may report the death of one agent: they pass the same object. */
    @SuppressWarnings("ReferenceEquality")
    void died(Hindrance.Lost lost) {
        lock.lock();
        try {
            if (last.isPresent() && last.get() == lost) {
                return;
            }
            last = Optional.of(lost);
            inARow++;
            if (inARow >= MOST) {
                end.end(
                        inARow + " agents in a row died, and no case with a server was finished in between; of the"
                                + " last one: " + lost.what(),
                        lost.said());
            }
        } finally {
            lock.unlock();
        }
    }
}
