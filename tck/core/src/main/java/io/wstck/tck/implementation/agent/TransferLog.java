package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.calls.NotJudgedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures how much time of a session went into carrying its calls to the client and back. It counts the part of a call
 * that the agent does not attribute to the client. A {@code noop} of the same length is the upper limit. Any thread.
 */
final class TransferLog {
    /** Shorter transfers cannot change a verdict, because upper bounds leave 2 s of room. */
    private static final long MIN_NANOS = 1_000_000;

    private static final int MAX_TRANSFERS = 10_000;

    /** Each is measured with a request of its own. */
    private static final int MAX_MEASURED = 4;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    /** Limits the kit's own requests, since agents may have limits too. */
    private static final int MAX_PADDING = 32 << 20;

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
     * The part of a call's time that the agent does not attribute to the client.
     *
     * @param from when the call was made, a {@link System#nanoTime}
     * @param to when it was answered
     * @param bytes length of request and answer
     */
    private record Transfer(long from, long to, long nanos, int bytes) {
        boolean within(long begin, long end) {
            return from - begin >= 0 && end - to >= 0;
        }
    }

    /** Records the transfer of a call when its answer arrives. */
    void track(LiveAgent.Call call) {
        var _ = call.answered()
                .thenAccept(answered -> answered.elapsed().ifPresent(elapsed -> {
                    long nanos = answered.arrived() - call.asked() - Math.round(elapsed * 1e6);
                    if (nanos >= MIN_NANOS) {
                        keep(new Transfer(call.asked(), answered.arrived(), nanos, answered.bytes()));
                    }
                }));
    }

    private void keep(Transfer transfer) {
        lock.lock();
        try {
            if (transfers.size() < MAX_TRANSFERS) {
                transfers.add(transfer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The transfer time within an interval; sends requests to the agent. */
    Duration within(long begin, long end) throws InterruptedException {
        List<Transfer> longest;
        lock.lock();
        try {
            longest = transfers.stream()
                    .filter(transfer -> transfer.within(begin, end))
                    .sorted(Comparator.comparingLong(Transfer::nanos).reversed())
                    .limit(MAX_MEASURED)
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

    /** How long a {@code noop} of that length takes, in nanoseconds; 0 if the agent does not answer. */
    private long noop(int bytes) throws InterruptedException {
        ObjectNode request = protocol.request(Operation.NOOP);
        int missing = bytes - protocol.line(request).length;
        if (missing > 0) {
            request.put("padding", "x".repeat(Math.min(missing, MAX_PADDING)));
        }
        try {
            long startNanos = System.nanoTime();
            Optional<Answer> answer = agent.await(agent.ask(Operation.NOOP, request), ANSWER_TIMEOUT);
            return answer.isPresent() ? System.nanoTime() - startNanos : 0;
        } catch (NotJudgedException e) {
            // The agent was lost; the session reports it.
            return 0;
        }
    }
}
