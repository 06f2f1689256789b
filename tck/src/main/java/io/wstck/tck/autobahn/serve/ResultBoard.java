package io.wstck.tck.autobahn.serve;

import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.report.CaseRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** What became of each case that each agent was played, the last time that it was; and who waits for it. Any thread. */
final class ResultBoard {
    /** More agents than anybody has: a driver that makes up a new one for each connection must not fill the memory. */
    private static final int MAX_AGENTS = 1_000;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Map<String, Map<CaseId, CaseRecord>> finished = new LinkedHashMap<>();
    private final Map<Key, CompletableFuture<CaseRecord>> awaited = new LinkedHashMap<>();
    private final Map<String, Integer> running = new LinkedHashMap<>();

    private record Key(String agent, CaseId id) {}

    /** A case of an agent that was admitted begins; what an earlier run of it gave no longer counts as known. */
    void begin(String agent, CaseId id) {
        lock.lock();
        try {
            finished.get(agent).remove(id);
            running.merge(agent, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes room for an agent.
     *
     * @throws BadRequestException when there are too many
     */
    void admit(String agent) throws BadRequestException {
        lock.lock();
        try {
            if (!finished.containsKey(agent) && finished.size() == MAX_AGENTS) {
                throw new BadRequestException(
                        "the parameter agent: expected one of the " + MAX_AGENTS + " agents so far, got another");
            }
            finished.computeIfAbsent(agent, _ -> new TreeMap<>());
        } finally {
            lock.unlock();
        }
    }

    /** A case has ended. */
    void finish(CaseRecord result) {
        CompletableFuture<CaseRecord> waiting;
        lock.lock();
        try {
            finished.get(result.agent()).put(result.id(), result);
            waiting = awaited.remove(new Key(result.agent(), result.id()));
            ended(result.agent());
        } finally {
            lock.unlock();
        }
        if (waiting != null) {
            waiting.complete(result);
        }
    }

    /** A case has ended without a result: the server is to blame, or it closes. Whoever waits for it hears so. */
    void abandon(String agent, CaseId id) {
        CompletableFuture<CaseRecord> waiting;
        lock.lock();
        try {
            waiting = awaited.remove(new Key(agent, id));
            ended(agent);
        } finally {
            lock.unlock();
        }
        if (waiting != null) {
            waiting.completeExceptionally(new IllegalStateException("case " + id + " has no result"));
        }
    }

    private void ended(String agent) {
        running.merge(agent, -1, Integer::sum);
        changed.signalAll();
    }

    /** The result of a case; completed already when it is known, and exceptionally when there will be none. */
    CompletableFuture<CaseRecord> result(String agent, CaseId id) throws BadRequestException {
        lock.lock();
        try {
            admit(agent);
            CaseRecord known = finished.get(agent).get(id);
            return known != null
                    ? CompletableFuture.completedFuture(known)
                    : awaited.computeIfAbsent(new Key(agent, id), _ -> new CompletableFuture<>());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no case of {@code agent} is running, or, where none of that name ever ran, no case at all. */
    void awaitIdle(String agent, Duration limit) throws InterruptedException {
        await(() -> running.containsKey(agent) ? running.get(agent) > 0 : anyRunning(), limit);
    }

    /** Waits until no case is running. */
    void awaitIdle(Duration limit) throws InterruptedException {
        await(this::anyRunning, limit);
    }

    private void await(BooleanSupplier busy, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (busy.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean anyRunning() {
        return running.values().stream().anyMatch(count -> count > 0);
    }

    /** All results by agent, in the order in which the agents came; agents without any are left out. */
    Map<String, List<CaseRecord>> all() {
        lock.lock();
        try {
            Map<String, List<CaseRecord>> copy = new LinkedHashMap<>();
            finished.forEach((agent, results) -> {
                if (!results.isEmpty()) {
                    copy.put(agent, List.copyOf(results.values()));
                }
            });
            return copy;
        } finally {
            lock.unlock();
        }
    }
}
