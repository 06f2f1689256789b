package io.wstck.tck.implementation.calls;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Source;
import io.wstck.lua.channel.ChannelDemand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Fills the channel of one connection, only when a script asks: at most one message has left the client before the script takes it,
 * so that its channel's capacity and its backpressure are its own. A message that came too late for the one who asked is kept for
 * the next one.
 */
final class MessageFeed implements ChannelDemand {
    private final CalledConnection connection;
    private final Consumer<Throwable> trouble;
    private final ThreadFactory threads;

    /** Has room for the one message that may be there, so that who fills it never waits. */
    private final Channel<Received.Message> channel = Channel.newBufferedChannel(1);

    /** Guards {@link #state}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition looked = lock.newCondition();
    private State state = State.IDLE;

    private enum State {
        /** Nobody has asked for the next message. */
        IDLE,
        /** The client is asked, and waits for a message. */
        WAITING,
        /** The client is asked what it has, and answers at once. */
        LOOKING,
        /** A message is in the channel. */
        FULL,
        /** No message comes any more. */
        ENDED
    }

    /**
     * A feed.
     *
     * @param trouble gets what the connection throws that is no answer; called on a thread of the feed
     * @param threads makes a thread for each message that is asked for
     */
    MessageFeed(CalledConnection connection, Consumer<Throwable> trouble, ThreadFactory threads) {
        this.connection = connection;
        this.trouble = trouble;
        this.threads = threads;
    }

    Source<Received.Message> source() {
        return channel;
    }

    /** The script has taken the message. */
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
    public void wanted() {
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
    public void look() throws InterruptedException {
        lock.lock();
        try {
            if (state == State.IDLE) {
                ask(State.LOOKING, Optional.of(Duration.ZERO));
            }
            while (state == State.LOOKING) {
                looked.await();
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
                throw HinderedException.trouble(
                        "expected receive() to return a message, the end or nothing, it returned null");
            }
            answered(received, wait);
        } catch (Throwable e) {
            // Also checked exceptions that no signature tells. Nobody waits for a message that cannot come any more.
            ended();
            trouble.accept(e);
        }
    }

    /** The state and the channel change together: whoever takes the message says so only once it is known to be there. */
    private void answered(Received received, Optional<Duration> wait) throws InterruptedException {
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
                        throw HinderedException.trouble(
                                "receive: expected a message or the end of the connection, since no time was set; got nothing");
                    }
                    state = State.IDLE;
                }
            }
            looked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            state = State.ENDED;
            looked.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
