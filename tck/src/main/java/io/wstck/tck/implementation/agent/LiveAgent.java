package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.calls.HinderedException;
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
 * One agent from its start until it is lost or released: sends requests, and finds for each answer who waits for it. The first
 * message that breaks the protocol ends it. Any thread.
 */
final class LiveAgent implements AutoCloseable {
    private final AgentLink link;
    private final AgentProtocol protocol;

    /** Guards {@link #state}, {@link #loss}, {@link #pending} and {@link #asked}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, Pending> pending = new HashMap<>();

    /** What is to be written, in order; there are never more than the cases that run side by side have calls under way. */
    private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();

    private State state = State.LIVE;
    private Optional<Hindrance.Lost> loss = Optional.empty();
    private long asked;
    private final Thread writer;

    private enum State {
        LIVE,
        /** It ended, hung or broke the protocol. */
        LOST,
        /** The kit has no more to ask. */
        RELEASED
    }

    /**
     * A request that is on its way.
     *
     * @param asked when the kit was told to ask, a {@link System#nanoTime}
     */
    record Call(Operation operation, long asked, CompletableFuture<Answered> answered) {
        boolean underWay() {
            return !answered.isDone();
        }
    }

    /**
     * What came of a request.
     *
     * @param arrived when the kit had read the answer, a {@link System#nanoTime}
     * @param bytes of the request's line and the answer's
     * @param elapsed milliseconds that the client's own call took, if the agent tells
     */
    record Answered(Answer answer, long arrived, int bytes, OptionalDouble elapsed) {}

    /** A call, and how long its request is. */
    private record Pending(Call call, int bytes) {}

    private LiveAgent(AgentLink link, AgentProtocol protocol) {
        this.link = link;
        this.protocol = protocol;
        writer = Thread.ofPlatform().name("agent-writer").daemon().unstarted(this::write);
    }

    /** Begins to talk over a link, and takes it over. */
    static LiveAgent over(AgentLink link, AgentProtocol protocol) {
        LiveAgent agent = new LiveAgent(link, protocol);
        agent.writer.start();
        Thread.ofPlatform().name("agent-reader").daemon().start(agent::read);
        link.whenEnded(agent::ended);
        return agent;
    }

    /** Why it is gone, if it is. */
    Optional<Hindrance.Lost> loss() {
        lock.lock();
        try {
            return loss;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks, without waiting for the answer.
     *
     * @param request from {@link AgentProtocol#request}; gets its id here
     */
    Call ask(Operation operation, ObjectNode request) {
        Call call = new Call(operation, System.nanoTime(), new CompletableFuture<>());
        byte[] line = protocol.line(request.put("id", nextId()));
        lock.lock();
        try {
            if (state != State.LIVE) {
                call.answered().completeExceptionally(new HinderedException(gone()));
                return call;
            }
            pending.put(request.path("id").longValue(), new Pending(call, line.length));
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
     * @throws HinderedException when the agent is lost meanwhile
     */
    Answer await(Call call) throws InterruptedException {
        try {
            return call.answered().get().answer();
        } catch (ExecutionException e) {
            throw hindered(e);
        }
    }

    /**
     * As {@link #await(Call)}, for some time.
     *
     * @return empty when the time is over
     */
    Optional<Answer> await(Call call, Duration time) throws InterruptedException {
        try {
            return Optional.of(
                    call.answered().get(time.toMillis(), TimeUnit.MILLISECONDS).answer());
        } catch (ExecutionException e) {
            throw hindered(e);
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    /** Each waiter gets an exception of its own, since its stack is its own. */
    private static HinderedException hindered(ExecutionException e) {
        if (e.getCause() instanceof HinderedException hindered) {
            return new HinderedException(hindered.hindrance());
        }
        throw new IllegalStateException("an answer failed: " + e.getCause(), e.getCause());
    }

    /** Ends the agent, and fails whatever is under way; does nothing when it is gone already. */
    void lose(Hindrance.How how, String what) {
        List<Call> left;
        Hindrance.Lost lost;
        lock.lock();
        try {
            if (state != State.LIVE) {
                return;
            }
            lost = new Hindrance.Lost(how, what, link.said());
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

    /** Lets it go in peace. */
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
            fail(left, gone());
        }
    }

    private List<Call> finish(State last) {
        state = last;
        List<Call> left = pending.values().stream().map(Pending::call).toList();
        pending.clear();
        return left;
    }

    private static void fail(List<Call> calls, Hindrance hindrance) {
        calls.forEach(call -> call.answered().completeExceptionally(new HinderedException(hindrance)));
    }

    private Hindrance gone() {
        return loss().<Hindrance>map(lost -> lost)
                .orElseGet(() -> new Hindrance.Trouble("the agent was asked after it had been released"));
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
            // The agent is gone, or shall go.
            return;
        } catch (IOException e) {
            // It does not listen any more; that it ended, and how, is what its reader gets to know.
            return;
        }
    }

    private void read() {
        LineReader lines = new LineReader(link.input(), AgentProtocol.MAX_LINE);
        try {
            for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                take(protocol.parse(line.get()), line.get().length());
            }
            ended();
        } catch (IOException e) {
            ended();
        } catch (LineReader.TooLongException | AgentProtocol.BadMessageException e) {
            lose(Hindrance.How.MISBEHAVED, "the agent broke the protocol: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            lose(Hindrance.How.MISBEHAVED, "the agent sent more than the kit has memory for");
        }
    }

    private void ended() {
        if (loss().isEmpty()) {
            lose(link.loss(), "the agent ended: " + link.ending());
        }
    }

    private void take(ObjectNode message, int bytes) throws AgentProtocol.BadMessageException {
        long arrived = System.nanoTime();
        long id = message.path("id").longValue();
        Pending asked;
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
            call.answered().complete(new Answered(answer, arrived, asked.bytes() + bytes, elapsed));
        } catch (AgentProtocol.BadMessageException e) {
            lose(Hindrance.How.MISBEHAVED, "the agent broke the protocol: it " + e.getMessage());
            call.answered().completeExceptionally(new HinderedException(gone()));
        }
    }
}
