package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.calls.HinderedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much of the time of a session's calls went into bringing them to the client and back: the part that the agent does not count as the
 * client's, but at most what a {@code noop} of the same length takes. Any thread.
 */
final class TransferLog {
    /** Shorter ones decide nothing, since upper bounds leave two seconds of room. */
    private static final long KEPT_NANOS = 1_000_000;

    private static final int MOST_KEPT = 10_000;

    /** Each is measured by a request of its own. */
    private static final int MOST_MEASURED = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Requests of the kit are not longer than that, for agents that have bounds of their own. */
    private static final int LONGEST_PADDING = 32 << 20;

    private final LiveAgent agent;
    private final AgentProtocol protocol;

    /** Guards {@link #transfers}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Transfer> transfers = new ArrayList<>();

    TransferLog(LiveAgent agent, AgentProtocol protocol) {
        this.agent = agent;
        this.protocol = protocol;
    }

    /**
     * The part of a call that is not the client's by what the agent says.
     *
     * @param from when it was asked for, a {@link System#nanoTime}
     * @param to when it was answered
     * @param bytes of request and answer
     */
    private record Transfer(long from, long to, long nanos, int bytes) {
        boolean within(long begin, long end) {
            return from - begin >= 0 && end - to >= 0;
        }
    }

    /** Keeps what a call tells of itself when it is answered. */
    void follow(LiveAgent.Call call) {
        var _ = call.answered()
                .thenAccept(answered -> answered.elapsed().ifPresent(elapsed -> {
                    long nanos = answered.arrived() - call.asked() - Math.round(elapsed * 1e6);
                    if (nanos >= KEPT_NANOS) {
                        keep(new Transfer(call.asked(), answered.arrived(), nanos, answered.bytes()));
                    }
                }));
    }

    private void keep(Transfer transfer) {
        lock.lock();
        try {
            if (transfers.size() < MOST_KEPT) {
                transfers.add(transfer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The time within an interval that is not the client's; asks the agent. */
    Duration within(long begin, long end) throws InterruptedException {
        List<Transfer> longest;
        lock.lock();
        try {
            longest = transfers.stream()
                    .filter(transfer -> transfer.within(begin, end))
                    .sorted(Comparator.comparingLong(Transfer::nanos).reversed())
                    .limit(MOST_MEASURED)
                    .toList();
        } finally {
            lock.unlock();
        }
        long sum = 0;
        for (Transfer transfer : longest) {
            sum += Math.min(transfer.nanos(), noop(transfer.bytes()));
        }
        return Duration.ofNanos(Math.min(sum, end - begin));
    }

    /** What a request of that length takes to the agent and back, in nanoseconds; nothing where it is not answered. */
    private long noop(int bytes) throws InterruptedException {
        ObjectNode request = protocol.request(Operation.NOOP);
        int missing = bytes - protocol.line(request).length;
        if (missing > 0) {
            request.put("padding", "x".repeat(Math.min(missing, LONGEST_PADDING)));
        }
        try {
            long begun = System.nanoTime();
            Optional<Answer> answer = agent.await(agent.ask(Operation.NOOP, request), PATIENCE);
            return answer.isPresent() ? System.nanoTime() - begun : 0;
        } catch (HinderedException e) {
            // The agent is gone, which the session tells by itself.
            return 0;
        }
    }
}
