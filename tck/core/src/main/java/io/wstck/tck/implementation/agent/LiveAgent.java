package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.calls.NotJudgedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One agent, from its start until it is lost or released. Sends requests, and matches the answers to them. The first
 * message that breaks the protocol ends the agent. Any thread.
 */
final class LiveAgent implements AutoCloseable {
    private final AgentLink link;
    private final AgentProtocol protocol;

    /** Guards {@link #state}, {@link #loss}, {@link #pending} and {@link #asked}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, PendingCall> pending = new HashMap<>();

    /** The lines to write, in order. Running cases have few calls each, so the queue stays short. */
    private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();

    private State state = State.LIVE;
    private Optional<NotJudgedReason.LostProgram> loss = Optional.empty();
    private long asked;
    private final Thread writer;

    private enum State {
        LIVE,
        /** The agent ended, hung or broke the protocol. */
        LOST,
        /** The kit has no more requests. */
        RELEASED
    }

    /**
     * A request that was sent.
     *
     * @param asked when the request was made, a {@link System#nanoTime}
     */
    record Call(Operation operation, long asked, CompletableFuture<TimedAnswer> answered) {
        boolean underWay() {
            return !answered.isDone();
        }
    }

    /**
     * The answer to a request.
     *
     * @param arrived when the kit had read the answer, a {@link System#nanoTime}
     * @param bytes length of the request's line and the answer's line
     * @param elapsed milliseconds that the client's own call took; empty if the agent does not tell
     */
    record TimedAnswer(Answer answer, long arrived, int bytes, OptionalDouble elapsed) {}

    /** A call, and the length of its request. */
    private record PendingCall(Call call, int bytes) {}

    private LiveAgent(AgentLink link, AgentProtocol protocol) {
        this.link = link;
        this.protocol = protocol;
        writer = Thread.ofPlatform().name("agent-writer").daemon().unstarted(this::write);
    }

    /** Starts to talk over a link, and owns it from then on. */
    static LiveAgent start(AgentLink link, AgentProtocol protocol) {
        LiveAgent agent = new LiveAgent(link, protocol);
        agent.writer.start();
        Thread.ofPlatform().name("agent-reader").daemon().start(agent::read);
        link.whenEnded(agent::ended);
        return agent;
    }

    /** Why the agent was lost; empty if it was not. */
    Optional<NotJudgedReason.LostProgram> loss() {
        lock.lock();
        try {
            return loss;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a request without waiting for the answer.
     *
     * @param request from {@link AgentProtocol#request}; gets its id here
     */
    Call ask(Operation operation, ObjectNode request) {
        Call call = new Call(operation, System.nanoTime(), new CompletableFuture<>());
        byte[] line = protocol.line(request.put("id", nextId()));
        lock.lock();
        try {
            if (state != State.LIVE) {
                call.answered().completeExceptionally(new NotJudgedException(lossReason()));
                return call;
            }
            pending.put(request.path("id").longValue(), new PendingCall(call, line.length));
        } finally {
            lock.unlock();
        }
        outgoing.add(line);
        return call;
    }

    private long nextId() {
        lock.lock();
        try {
            return ++asked;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for an answer.
     *
     * @throws NotJudgedException if the agent is lost meanwhile
     */
    Answer await(Call call) throws InterruptedException {
        try {
            return call.answered().get().answer();
        } catch (ExecutionException e) {
            throw notJudged(e);
        }
    }

    /**
     * Waits for an answer for a limited time.
     *
     * @return empty if the time ran out
     */
    Optional<Answer> await(Call call, Duration time) throws InterruptedException {
        try {
            return Optional.of(
                    call.answered().get(time.toMillis(), TimeUnit.MILLISECONDS).answer());
        } catch (ExecutionException e) {
            throw notJudged(e);
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    /** Each waiter gets its own exception, with its own stack trace. */
    private static NotJudgedException notJudged(ExecutionException e) {
        if (e.getCause() instanceof NotJudgedException notJudged) {
            return new NotJudgedException(notJudged.notJudgedReason());
        }
        throw new IllegalStateException("an answer failed: " + e.getCause(), e.getCause());
    }

    /** Ends the agent and fails all unanswered calls. Does nothing if the agent is gone already. */
    void lose(NotJudgedReason.LossKind how, String what) {
        List<Call> left;
        NotJudgedReason.LostProgram lost;
        lock.lock();
        try {
            if (state != State.LIVE) {
                return;
            }
            lost = new NotJudgedReason.LostProgram(how, what, link.outputLines());
            loss = Optional.of(lost);
            left = finish(State.LOST);
        } finally {
            lock.unlock();
        }
        writer.interrupt();
        try {
            link.close();
        } finally {
            fail(left, lost);
        }
    }

    /** Releases the agent, which may end by itself. */
    @Override
    public void close() {
        List<Call> left;
        lock.lock();
        try {
            if (state != State.LIVE) {
                return;
            }
            left = finish(State.RELEASED);
        } finally {
            lock.unlock();
        }
        writer.interrupt();
        try {
            link.release();
        } finally {
            fail(left, lossReason());
        }
    }

    private List<Call> finish(State last) {
        state = last;
        List<Call> left = pending.values().stream().map(PendingCall::call).toList();
        pending.clear();
        return left;
    }

    private static void fail(List<Call> calls, NotJudgedReason reason) {
        calls.forEach(call -> call.answered().completeExceptionally(new NotJudgedException(reason)));
    }

    private NotJudgedReason lossReason() {
        return loss().<NotJudgedReason>map(lost -> lost)
                .orElseGet(() -> new NotJudgedReason.AdapterTrouble("the agent was asked after it had been released"));
    }

    private void write() {
        try (OutputStream out = new BufferedOutputStream(link.output())) {
            while (true) {
                byte[] line = outgoing.take();
                while (line != null) {
                    out.write(line);
                    line = outgoing.poll();
                }
                out.flush();
            }
        } catch (InterruptedException e) {
            // The agent is gone, or is being ended.
            return;
        } catch (IOException e) {
            // The agent reads no more. The reader thread finds out how it ended.
            return;
        }
    }

    private void read() {
        LineReader lines = new LineReader(link.input(), AgentProtocol.MAX_LINE);
        try {
            for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                receive(protocol.parse(line.get()), line.get().length());
            }
            ended();
        } catch (IOException e) {
            ended();
        } catch (LineReader.LineTooLongException | AgentProtocol.BadMessageException e) {
            lose(NotJudgedReason.LossKind.MISBEHAVED, "the agent broke the protocol: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            lose(NotJudgedReason.LossKind.MISBEHAVED, "the agent sent more than the kit has memory for");
        }
    }

    private void ended() {
        if (loss().isEmpty()) {
            lose(link.loss(), "the agent ended: " + link.ending());
        }
    }

    private void receive(ObjectNode message, int bytes) throws AgentProtocol.BadMessageException {
        long arrived = System.nanoTime();
        long id = message.path("id").longValue();
        PendingCall asked;
        lock.lock();
        try {
            if (state != State.LIVE) {
                return;
            }
            if (!pending.containsKey(id)) {
                throw new AgentProtocol.BadMessageException(
                        id >= 1 && id <= this.asked
                                ? "expected one answer to each request, got a second one to " + id
                                : "expected answers to requests, of which the last is " + this.asked + ", got one to "
                                        + id);
            }
            asked = pending.remove(id);
        } finally {
            lock.unlock();
        }
        Call call = asked.call();
        try {
            Answer answer = protocol.answer(call.operation(), message);
            OptionalDouble elapsed =
                    protocol.elapsed(call.operation(), message, Duration.ofNanos(arrived - call.asked()));
            call.answered().complete(new TimedAnswer(answer, arrived, asked.bytes() + bytes, elapsed));
        } catch (AgentProtocol.BadMessageException e) {
            lose(NotJudgedReason.LossKind.MISBEHAVED, "the agent broke the protocol: it " + e.getMessage());
            call.answered().completeExceptionally(new NotJudgedException(lossReason()));
        }
    }
}
