package io.wstck.tck.autobahn.serve;

import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.report.CaseSummary;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Stores the latest result of each case for each agent, and completes the requests that wait for it. Any thread. */
final class ResultStore {
    /** The most agents, so that a driver with a new name for each connection does not fill the memory. */
    private static final int MAX_AGENTS = 1_000;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition runningChanged = lock.newCondition();
    private final Map<String, Map<CaseId, CaseSummary>> finished = new LinkedHashMap<>();
    private final Map<Key, CompletableFuture<CaseSummary>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> running = new LinkedHashMap<>();

    private Optional<String> interruption = Optional.empty();

    private record Key(String agent, CaseId id) {}

    /**
     * Notes that a case of an agent begins, and removes the result of an earlier run of it.
     *
     * @throws BadRequestException if there are too many agents
     */
    void begin(String agent, CaseId id) throws BadRequestException {
        lock.lock();
        try {
            admit(agent);
            finished.get(agent).remove(id);
            running.merge(agent, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds an agent.
     *
     * @throws BadRequestException if there are too many agents
     */
    private void admit(String agent) throws BadRequestException {
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

    /** Notes that the kit ends the driver. Cases that have not ended yet are not judged. */
    void interrupt(String reason) {
        lock.lock();
        try {
            interruption = Optional.of(reason);
        } finally {
            lock.unlock();
        }
    }

    /** The reason why a case that ends now is not judged; empty if it is. */
    Optional<String> interruption() {
        lock.lock();
        try {
            return interruption;
        } finally {
            lock.unlock();
        }
    }

    /** Stores the result of a case that has ended. */
    void finish(CaseSummary result) {
        CompletableFuture<CaseSummary> future;
        lock.lock();
        try {
            finished.get(result.agent()).put(result.id(), result);
            future = waiting.remove(new Key(result.agent(), result.id()));
            noteEnd(result.agent());
        } finally {
            lock.unlock();
        }
        if (future != null) {
            future.complete(result);
        }
    }

    /** Notes that a case has ended without a result, and fails the requests that wait for it. */
    void abandon(String agent, CaseId id) {
        CompletableFuture<CaseSummary> future;
        lock.lock();
        try {
            future = waiting.remove(new Key(agent, id));
            noteEnd(agent);
        } finally {
            lock.unlock();
        }
        if (future != null) {
            future.completeExceptionally(new IllegalStateException("case " + id + " has no result"));
        }
    }

    private void noteEnd(String agent) {
        running.merge(agent, -1, Integer::sum);
        runningChanged.signalAll();
    }

    /** The result of a case. Completed at once if it is known, and exceptionally if the case ends without one. */
    CompletableFuture<CaseSummary> result(String agent, CaseId id) throws BadRequestException {
        lock.lock();
        try {
            admit(agent);
            CaseSummary known = finished.get(agent).get(id);
            return known != null
                    ? CompletableFuture.completedFuture(known)
                    : waiting.computeIfAbsent(new Key(agent, id), _ -> new CompletableFuture<>());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no case of {@code agent} is running, or until no case at all is running if that agent never ran one.
     * Returns whether that is so.
     */
    boolean awaitIdle(String agent, Duration limit) throws InterruptedException {
        return await(() -> running.containsKey(agent) ? running.get(agent) > 0 : anyRunning(), limit);
    }

    /** Waits until no case is running, and returns whether none is. */
    boolean awaitIdle(Duration limit) throws InterruptedException {
        return await(this::anyRunning, limit);
    }

    private boolean await(BooleanSupplier busy, Duration limit) throws InterruptedException {
        long remaining = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (busy.getAsBoolean() && remaining > 0) {
                remaining = runningChanged.awaitNanos(remaining);
            }
            return !busy.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private boolean anyRunning() {
        return running.values().stream().anyMatch(count -> count > 0);
    }

    /** All results by agent, in the order in which the agents connected, without agents that have no result. */
    Map<String, List<CaseSummary>> all() {
        lock.lock();
        try {
            Map<String, List<CaseSummary>> copy = new LinkedHashMap<>();
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
