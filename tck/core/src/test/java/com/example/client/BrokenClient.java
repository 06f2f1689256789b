package com.example.client;

import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.calls.BundledCalledClient;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.MessageType;
import io.wstck.tck.implementation.calls.NotJudgedException;
import io.wstck.tck.implementation.calls.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The bundled client with defects that no call comes back from as it should. A connection has one only if a certain
 * subprotocol was asked for: the others are as they should be. It is in a package of its own, as the client of a
 * stranger is.
 */
public final class BrokenClient implements CalledClient {
    /** Offered by scripts that want the defect. */
    public static final String TRIGGER = "misbehave";

    private final CalledClient real = new BundledCalledClient();
    /** Of the client as a whole. */
    private final Optional<Defect> own;

    /** Of a connection, by the subprotocols that it was asked for with. */
    private final Function<List<String>, Optional<Defect>> defects;

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean spinning = new AtomicBoolean(true);
    private final List<Thread> held = new CopyOnWriteArrayList<>();

    /** The way in which a connection is broken. */
    public enum Defect {
        CONNECT_NEVER_RETURNS,
        SEND_NEVER_RETURNS,
        SEND_SPINS,
        RECEIVE_NEVER_RETURNS,
        PING_NEVER_RETURNS,
        CLOSE_NEVER_RETURNS,
        RELEASE_NEVER_RETURNS,
        CLIENT_CLOSE_NEVER_RETURNS,
        CONNECT_INTERRUPTS_CALLER,
        SEND_RAISES_ERROR,
        SEND_THROWS_CHECKED,
        SEND_THROWS_UNREADABLE,
        SEND_THROWS_MUCH,
        SEND_LACKS_WITHOUT_REASON,
        CONNECT_RETURNS_NULL,
        RECEIVE_RAISES_ERROR,
        RECEIVE_THROWS_CHECKED,
        RECEIVE_RETURNS_NULL,
        RECEIVE_MESSAGE_WITHOUT_DATA,
        DESCRIPTION_RETURNS_NULL,
        CLIENT_CLOSE_THROWS_UNREADABLE,
        RELEASE_THROWS_UNREADABLE,
        RECEIVE_SAYS_INTERRUPTED,
        OWN_THREAD_SPINS,
        /** Only in a program of its own: those of a test class have other tests' threads. */
        CONNECT_INTERRUPTS_EVERYBODY
    }

    public BrokenClient(Defect defect) {
        this(defect, TRIGGER);
    }

    /**
     * A client.
     *
     * @param trigger the subprotocol that must be offered; {@code *}: every connection has the defect
     */
    public BrokenClient(Defect defect, String trigger) {
        this(
                Optional.of(defect),
                protocols -> Optional.of(defect).filter(_ -> trigger.equals("*") || protocols.contains(trigger)));
    }

    private BrokenClient(Optional<Defect> own, Function<List<String>, Optional<Defect>> defects) {
        this.own = own;
        this.defects = defects;
    }

    /** A client whose connections have the defect whose name they offer as a subprotocol. */
    public static BrokenClient asScriptsChoose() {
        return new BrokenClient(
                Optional.empty(),
                protocols -> Arrays.stream(Defect.values())
                        .filter(defect -> protocols.contains(defect.name()))
                        .findFirst());
    }

    /** Lets all calls return that have not. */
    public void letReturn() {
        spinning.set(false);
        released.countDown();
    }

    /** The threads that were kept in calls. */
    public List<Thread> held() {
        return List.copyOf(held);
    }

    @Override
    public Description description() {
        return own.equals(Optional.of(Defect.DESCRIPTION_RETURNS_NULL)) ? null : real.description();
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
        Optional<Defect> found = defects.apply(call.options().protocols());
        if (found.isEmpty()) {
            return real.connect(call);
        }
        Defect defect = found.get();
        when(defect, Defect.CONNECT_NEVER_RETURNS, this::waitDeaf);
        CalledConnection connection = real.connect(call);
        when(
                defect,
                Defect.CONNECT_INTERRUPTS_CALLER,
                () -> Thread.currentThread().interrupt());
        when(
                defect,
                Defect.CONNECT_INTERRUPTS_EVERYBODY,
                () -> Thread.getAllStackTraces().keySet().forEach(Thread::interrupt));
        when(
                defect,
                Defect.OWN_THREAD_SPINS,
                () -> Thread.ofPlatform().name("own-reader").daemon().start(this::spin));
        return defect == Defect.CONNECT_RETURNS_NULL ? null : new Broken(connection, defect);
    }

    @Override
    public void close() {
        own.ifPresent(defect -> {
            when(defect, Defect.CLIENT_CLOSE_NEVER_RETURNS, this::waitDeaf);
            when(defect, Defect.CLIENT_CLOSE_THROWS_UNREADABLE, () -> throwUndeclared(new UnreadableException()));
        });
    }

    private static void when(Defect defect, Defect one, Runnable misdeed) {
        if (defect == one) {
            misdeed.run();
        }
    }

    private void waitDeaf() {
        held.add(Thread.currentThread());
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                // This is what it is for.
            }
        }
    }

    private void spin() {
        held.add(Thread.currentThread());
        while (spinning.get()) {
            Thread.onSpinWait();
        }
    }

    /** As clients in languages without checked exceptions do. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUndeclared(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** An exception of the client's own, whose text is broken as well. */
    private static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("there is no message");
        }
    }

    private static void fail() {
        throw new AssertionError("the client cannot go on");
    }

    private final class Broken implements CalledConnection {
        private final CalledConnection connection;
        private final Defect defect;

        private Broken(CalledConnection connection, Defect defect) {
            this.connection = connection;
            this.defect = defect;
        }

        @Override
        public void send(Optional<MessageType> type, byte[] data) throws CallFailedException, InterruptedException {
            when(defect, Defect.SEND_NEVER_RETURNS, BrokenClient.this::waitDeaf);
            when(defect, Defect.SEND_SPINS, BrokenClient.this::spin);
            when(defect, Defect.SEND_RAISES_ERROR, BrokenClient::fail);
            when(defect, Defect.SEND_THROWS_CHECKED, () -> throwUndeclared(new IOException("the network is down")));
            when(defect, Defect.SEND_THROWS_UNREADABLE, () -> throwUndeclared(new UnreadableException()));
            when(defect, Defect.SEND_THROWS_MUCH, () -> throwUndeclared(new RuntimeException("x".repeat(1 << 20))));
            when(defect, Defect.SEND_LACKS_WITHOUT_REASON, () -> throwUndeclared(NotJudgedException.unsupported(null)));
            connection.send(type, data);
        }

        @Override
        public void ping() throws CallFailedException, InterruptedException {
            when(defect, Defect.PING_NEVER_RETURNS, BrokenClient.this::waitDeaf);
            connection.ping();
        }

        @Override
        public Received receive(Optional<Duration> wait) throws InterruptedException {
            when(defect, Defect.RECEIVE_NEVER_RETURNS, BrokenClient.this::waitDeaf);
            when(defect, Defect.RECEIVE_RAISES_ERROR, BrokenClient::fail);
            when(defect, Defect.RECEIVE_THROWS_CHECKED, () -> throwUndeclared(new IOException("the network is down")));
            if (defect == Defect.RECEIVE_RETURNS_NULL) {
                return null;
            }
            if (defect == Defect.RECEIVE_MESSAGE_WITHOUT_DATA) {
                return new Received.Message("text", null);
            }
            if (defect == Defect.RECEIVE_SAYS_INTERRUPTED) {
                throw new InterruptedException("nobody interrupted it");
            }
            return connection.receive(wait);
        }

        @Override
        public void close(OptionalDouble code, Optional<String> reason)
                throws CallFailedException, InterruptedException {
            when(defect, Defect.CLOSE_NEVER_RETURNS, BrokenClient.this::waitDeaf);
            connection.close(code, reason);
        }

        @Override
        public void release() {
            connection.release();
            when(defect, Defect.RELEASE_NEVER_RETURNS, BrokenClient.this::waitDeaf);
            when(defect, Defect.RELEASE_THROWS_UNREADABLE, () -> throwUndeclared(new UnreadableException()));
        }
    }
}
