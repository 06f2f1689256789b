package io.wstck.server;

import io.wstck.server.scenario.PlayerContext;
import io.wstck.server.scenario.ScenarioPlayer;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.PrefetchedTransport;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.RequestReader.Progress;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Transport.Interest;
import io.wstck.server.wire.tls.TlsTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** Handles one connection of a {@link RoutedServer}: TLS if configured, the request, and the route. One thread. */
final class RoutedConnection implements Runnable {
    private static final Duration REQUEST_WAIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(10);
    private static final int BUFFER = 8 << 10;

    private final Transport tcp;
    private final Optional<SSLContext> tls;
    private final Router router;
    private final PlayerContext context;
    private final Consumer<String> onFailure;
    private final RequestReader reader = new RequestReader();

    RoutedConnection(
            Transport tcp, Optional<SSLContext> tls, Router router, PlayerContext context, Consumer<String> onFailure) {
        this.tcp = tcp;
        this.tls = tls;
        this.router = router;
        this.context = context;
        this.onFailure = onFailure;
    }

    /** Plays to the end. The connection is gone when this method returns. */
    @Override
    public void run() {
        try {
            Deadline deadline = Deadline.in(REQUEST_WAIT);
            Optional<Transport> transport = startTls(deadline);
            if (transport.isEmpty()) {
                return;
            }
            Optional<Transport> rest = readRequest(transport.get(), deadline);
            if (rest.isPresent()) {
                followRoute(reader.request(), rest.get());
            }
        } catch (InterruptedException | IOException over) {
            // The server closes, or the client is gone, so there is no one to answer.
            return;
        } catch (RuntimeException | OutOfMemoryError failure) {
            onFailure.accept("a connection was lost by a fault of the server: " + failure);
        } finally {
            tcp.abort();
        }
    }

    /**
     * The connection after its TLS handshake, or the plain connection. Empty when the handshake was not done in time.
     */
    private Optional<Transport> startTls(Deadline deadline) throws InterruptedException, IOException {
        if (tls.isEmpty()) {
            return Optional.of(tcp);
        }
        // A client that fails in TLS has not sent a request.
        return TlsTransport.established(tcp, tls.get().createSSLEngine(), EndpointRole.SERVER, deadline);
    }

    private void followRoute(HttpRequest request, Transport rest) throws InterruptedException, IOException {
        switch (router.route(request)) {
            case Route.Play play ->
                ScenarioPlayer.fromRequest(rest, request, play.scenario(), context)
                        .play();
            case Route.HandOver over -> handOver(over, request, rest);
        }
    }

    private void handOver(Route.HandOver over, HttpRequest request, Transport rest)
            throws InterruptedException, IOException {
        boolean answered = false;
        try {
            answered = rest.writeAll(over.answer().bytesFor(request).buffer(), Deadline.in(ANSWER_WAIT));
        } finally {
            if (!answered) {
                over.player().lost();
            }
        }
        if (answered) {
            over.player().play(rest);
        }
    }

    /**
     * Reads the request, and returns the connection after it. Empty when no request came in time, or it was too long.
     */
    private Optional<Transport> readRequest(Transport transport, Deadline deadline)
            throws InterruptedException, IOException {
        ByteBuffer in = ByteBuffer.allocate(BUFFER);
        while (!deadline.hasPassed()) {
            int count = transport.read(in.clear());
            if (count < 0) {
                return Optional.empty();
            }
            if (count == 0) {
                transport.await(Interest.READING, deadline);
                continue;
            }
            Progress progress = reader.feed(in.flip());
            if (progress == Progress.TOO_LONG) {
                return Optional.empty();
            }
            if (progress == Progress.COMPLETE) {
                byte[] ahead = new byte[in.remaining()];
                in.get(ahead);
                return Optional.of(
                        ahead.length == 0 ? transport : new PrefetchedTransport(transport, Bytes.owning(ahead)));
            }
        }
        return Optional.empty();
    }
}
