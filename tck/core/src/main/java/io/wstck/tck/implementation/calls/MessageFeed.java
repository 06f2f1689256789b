package io.wstck.tck.implementation.calls;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Source;
import io.wstck.lua.channel.ChannelFiller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Asks the client for one message when the script waits for one, and puts it into the channel of the connection. It
 * takes one at a time, so that the client's own buffering is what is tested. A message that comes after the script
 * stopped waiting is kept for the next receive.
 */
final class MessageFeed implements ChannelFiller {
    private final CalledConnection connection;
    private final Consumer<Throwable> onError;
    private final ThreadFactory threads;

    /** Has room for one message, so that sending to it never blocks. */
    private final Channel<Received.Message> channel = Channel.newBufferedChannel(1);

    /** Guards {@link #state}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private State state = State.IDLE;

    private enum State {
        /** No message was asked for. */
        IDLE,
        /** The client was asked and waits for a message. */
        WAITING,
        /** The client was asked for a message that is already there, and answers at once. */
        LOOKING,
        /** A message is in the channel. */
        FULL,
        /** No message will follow. */
        ENDED
    }

    /**
     * Creates a feed.
     *
     * @param onError gets unexpected exceptions of the connection; called on a thread of the feed
     * @param threads makes one thread per request for a message
     */
    MessageFeed(CalledConnection connection, Consumer<Throwable> onError, ThreadFactory threads) {
        this.connection = connection;
        this.onError = onError;
        this.threads = threads;
    }

    Source<Received.Message> source() {
        return channel;
    }

    /** Called after the script has taken the message. */
    void taken() {
        lock.lock();
        try {
            if (state == State.FULL) {
                state = State.IDLE;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void request() {
        lock.lock();
        try {
            if (state == State.IDLE) {
                ask(State.WAITING, Optional.empty());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void poll() throws InterruptedException {
        lock.lock();
        try {
            if (state == State.IDLE) {
                ask(State.LOOKING, Optional.of(Duration.ZERO));
            }
            while (state == State.LOOKING) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void ask(State asking, Optional<Duration> wait) {
        state = asking;
        threads.newThread(() -> receive(wait)).start();
    }

    private void receive(Optional<Duration> wait) {
        try {
            Received received = connection.receive(wait);
            if (received == null) {
                throw NotJudgedException.trouble(
                        "expected receive() to return a message, the end or nothing, it returned null");
            }
            handle(received, wait);
        } catch (Throwable e) {
            // Undeclared checked exceptions too. Mark the end first: no script may wait for a message that cannot come.
            markEnded();
            onError.accept(e);
        }
    }

    /** State and channel change under one lock, because {@link #taken} must find the state of the message it took. */
    private void handle(Received received, Optional<Duration> wait) throws InterruptedException {
        lock.lock();
        try {
            switch (received) {
                case Received.Message message -> {
                    state = State.FULL;
                    channel.send(message);
                }
                case Received.Closed() -> {
                    state = State.ENDED;
                    channel.done();
                }
                case Received.Nothing() -> {
                    if (wait.isEmpty()) {
                        throw NotJudgedException.trouble(
                                "receive: expected a message or the end of the connection, since no time was set; got nothing");
                    }
                    state = State.IDLE;
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void markEnded() {
        lock.lock();
        try {
            state = State.ENDED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
