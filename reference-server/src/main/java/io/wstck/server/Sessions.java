package io.wstck.server;

import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.wire.MemoryBudget;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;

/** The sessions of a server: opens them, finds them, and lets go of those that nobody uses. Any thread. */
final class Sessions implements AutoCloseable {
    /** How many sessions there are at most. */
    static final int MAX_SESSIONS = 10_000;

    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final long SWEEP_SECONDS = 30;

    private final XnioWorker worker;
    private final ServerLimits limits;
    private final SessionServers servers;
    private final LiveFeed feed;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, ServerSession> byId = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(MAX_SESSIONS);
    private volatile URI base = URI.create("http://localhost");
    private volatile Optional<XnioExecutor.Key> sweeping = Optional.empty();

    Sessions(XnioWorker worker, ServerLimits limits, SessionServers servers, LiveFeed feed) {
        this.feed = feed;
        this.worker = worker;
        this.limits = limits;
        this.servers = servers;
    }

    /** The port is known: URLs can be given out. */
    void startAt(URI address) {
        base = address;
        sweeping = Optional.of(worker.getIoThread().executeAtInterval(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS));
    }

    URI base() {
        return base;
    }

    /** Makes the specification of a session. */
    @FunctionalInterface
    interface SpecSource<E extends Exception> {
        SessionSpec get() throws IOException, E;
    }

    /**
     * Opens a session.
     *
     * @param specBytes what the specification takes of the memory for posted sessions; it is taken before {@code spec} is asked
     * @throws IOException when there is no room for it
     */
    <E extends Exception> ServerSession open(long specBytes, SpecSource<E> spec) throws IOException, E {
        Share share = new Share();
        boolean opened = false;
        try {
            share.takePosted(specBytes);
            SessionSpec made = spec.get();
            share.takeServers(SessionBytes.ofServers(made));
            ServerSession session = open(made, share);
            opened = true;
            return session;
        } finally {
            if (!opened) {
                share.give();
            }
        }
    }

    private ServerSession open(SessionSpec spec, Share share) throws IOException {
        String id = newId();
        ServerSession session = new ServerSession(id, spec, limits, feed, () -> {
            byId.remove(id);
            share.give();
        });
        boolean opened = false;
        try {
            for (Map.Entry<String, Behaviour> server : spec.servers().entrySet()) {
                URI url = servers.reach(session, server.getKey(), server.getValue(), base.getPort());
                session.reachedAt(server.getKey(), url);
            }
            opened = true;
        } finally {
            if (!opened) {
                session.close();
            }
        }
        byId.put(id, session);
        return session;
    }

    /** What one session takes of the limits of all. Given back once. */
    private final class Share {
        private final AtomicBoolean given = new AtomicBoolean();
        private final AtomicLong posted = new AtomicLong();
        private final AtomicLong servers = new AtomicLong();

        /** A place for one more session. */
        Share() throws IOException {
            if (!room.tryAcquire()) {
                throw new IOException("there are " + MAX_SESSIONS + " sessions already: close some, or wait");
            }
        }

        void takePosted(long bytes) throws IOException {
            take(limits.memory().posted(), bytes, posted);
        }

        void takeServers(long bytes) throws IOException {
            take(limits.memory().journals(), bytes, servers);
        }

        private void take(MemoryBudget memory, long bytes, AtomicLong taken) throws IOException {
            if (!memory.take(bytes)) {
                throw new IOException(
                        "the server holds as much as it can: close a session, or wait until one was not used for 10 minutes");
            }
            var _ = taken.addAndGet(bytes);
        }

        void give() {
            if (given.compareAndSet(false, true)) {
                limits.memory().posted().give(posted.get());
                limits.memory().journals().give(servers.get());
                room.release();
            }
        }
    }

    private String newId() {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).toString(36);
    }

    Optional<ServerSession> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    private void sweep() {
        List<ServerSession> unused = byId.values().stream()
                .filter(session -> session.unusedFor(EXPIRY))
                .toList();
        // Closing a session may wait, and this is an I/O thread.
        unused.forEach(session -> Thread.startVirtualThread(session::close));
    }

    @Override
    public void close() {
        sweeping.ifPresent(XnioExecutor.Key::remove);
        List.copyOf(byId.values()).forEach(ServerSession::close);
        servers.close();
    }
}
