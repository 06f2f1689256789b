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

/** Opens, finds and expires the sessions of a server. Any thread. */
final class Sessions implements AutoCloseable {
    /** The most sessions at a time. */
    static final int MAX_SESSIONS = 10_000;

    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final long SWEEP_SECONDS = 30;

    private final XnioWorker worker;
    private final ServerLimits limits;
    private final SessionServerBinder servers;
    private final LiveFeed feed;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, ServerSession> byId = new ConcurrentHashMap<>();
    private final Semaphore slots = new Semaphore(MAX_SESSIONS);
    private volatile URI base = URI.create("http://localhost");
    private volatile Optional<XnioExecutor.Key> sweeping = Optional.empty();

    Sessions(XnioWorker worker, ServerLimits limits, SessionServerBinder servers, LiveFeed feed) {
        this.feed = feed;
        this.worker = worker;
        this.limits = limits;
        this.servers = servers;
    }

    /** Sets the base URL when the port is known, and starts to expire unused sessions. */
    void start(URI address) {
        base = address;
        sweeping =
                Optional.of(worker.getIoThread().executeAtInterval(this::closeUnused, SWEEP_SECONDS, TimeUnit.SECONDS));
    }

    URI base() {
        return base;
    }

    /** Creates the specification of a session. */
    @FunctionalInterface
    interface SpecSource<E extends Exception> {
        SessionSpec get() throws IOException, E;
    }

    /**
     * Opens a session.
     *
     * @param specBytes the memory of the posted specification, in bytes; it is reserved before {@code spec} is called
     * @throws IOException when a limit is reached
     */
    <E extends Exception> ServerSession open(long specBytes, SpecSource<E> spec) throws IOException, E {
        SessionReservation share = new SessionReservation();
        boolean opened = false;
        try {
            share.reservePosted(specBytes);
            SessionSpec made = spec.get();
            share.reserveServers(SessionMemoryEstimate.serverBytes(made));
            ServerSession session = open(made, share);
            opened = true;
            return session;
        } finally {
            if (!opened) {
                share.release();
            }
        }
    }

    private ServerSession open(SessionSpec spec, SessionReservation share) throws IOException {
        String id = newId();
        ServerSession session = new ServerSession(id, spec, limits, feed, () -> {
            byId.remove(id);
            share.release();
        });
        boolean opened = false;
        try {
            for (Map.Entry<String, Behaviour> server : spec.servers().entrySet()) {
                URI url = servers.bind(session, server.getKey(), server.getValue(), base.getPort());
                session.addUrl(server.getKey(), url);
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

    /** The resources that one session has reserved of the limits for all. They are released once. */
    private final class SessionReservation {
        private final AtomicBoolean released = new AtomicBoolean();
        private final AtomicLong posted = new AtomicLong();
        private final AtomicLong servers = new AtomicLong();

        /** Reserves one session. */
        SessionReservation() throws IOException {
            if (!slots.tryAcquire()) {
                throw new IOException("there are " + MAX_SESSIONS + " sessions already: close some, or wait");
            }
        }

        void reservePosted(long bytes) throws IOException {
            reserve(limits.memory().posted(), bytes, posted);
        }

        void reserveServers(long bytes) throws IOException {
            reserve(limits.memory().journals(), bytes, servers);
        }

        private void reserve(MemoryBudget memory, long bytes, AtomicLong taken) throws IOException {
            if (!memory.tryReserve(bytes)) {
                throw new IOException(
                        "the memory for sessions is used up: close a session, or wait until one has been unused for 10 minutes");
            }
            var _ = taken.addAndGet(bytes);
        }

        void release() {
            if (released.compareAndSet(false, true)) {
                limits.memory().posted().release(posted.get());
                limits.memory().journals().release(servers.get());
                slots.release();
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

    private void closeUnused() {
        List<ServerSession> unused = byId.values().stream()
                .filter(session -> session.unusedFor(EXPIRY))
                .toList();
        // Closing a session may block, and this is an I/O thread.
        unused.forEach(session -> Thread.startVirtualThread(session::close));
    }

    @Override
    public void close() {
        sweeping.ifPresent(XnioExecutor.Key::remove);
        List.copyOf(byId.values()).forEach(ServerSession::close);
        servers.close();
    }
}
