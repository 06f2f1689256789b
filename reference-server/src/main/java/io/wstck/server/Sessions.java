package io.wstck.server;

import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.SessionSpec;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;

/** The sessions of a server: opens them, finds them, and lets go of those that nobody uses. Any thread. */
final class Sessions implements AutoCloseable {
    /** How many sessions there are at most. */
    static final int MAX_SESSIONS = 10_000;

    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final long SWEEP_SECONDS = 30;

    /** What a session takes beside its journal and what was posted, in bytes: about that much. */
    private static final long SESSION_BYTES = 16 << 10;

    private final XnioWorker worker;
    private final ServerLimits limits;
    private final SessionServers servers;
    private final LiveFeed feed;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, ServerSession> byId = new ConcurrentHashMap<>();
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

    /** Opens a session whose specification takes about {@code specBytes}. */
    ServerSession open(SessionSpec spec, long specBytes) throws IOException {
        if (byId.size() >= MAX_SESSIONS) {
            throw new IOException("there are " + MAX_SESSIONS + " sessions already: close some, or wait");
        }
        long bytes = SESSION_BYTES + specBytes;
        if (!limits.memory().journals().take(bytes)) {
            throw new IOException("the server holds as much as it can: close some sessions, or wait");
        }
        String id = newId();
        ServerSession session = new ServerSession(id, spec, limits, feed, () -> {
            byId.remove(id);
            limits.memory().journals().give(bytes);
        });
        try {
            for (Map.Entry<String, Behaviour> server : spec.servers().entrySet()) {
                URI url = servers.reach(session, server.getKey(), server.getValue(), base.getPort());
                session.reachedAt(server.getKey(), url);
            }
        } catch (IOException noPort) {
            session.close();
            throw noPort;
        }
        byId.put(id, session);
        return session;
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
    }
}
