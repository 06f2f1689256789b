package io.wstck.tck.autobahn.serve;

import io.wstck.server.RoutedServer;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.autobahn.spec.WebSocketScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** A server that replaces the Autobahn fuzzing server. Any thread. {@link #close} releases every socket and thread. */
public final class AutobahnServer implements AutoCloseable {
    /** The time limit for the end of the connection that stopped the server. */
    private static final Duration LAST_CONNECTIONS = Duration.ofSeconds(2);

    private final RoutedServer server;
    private final DriverRouter router;
    private final ResultStore results;
    private final WebSocketScheme scheme;
    private final InetAddress firstAddress;
    private final CountDownLatch stopped;

    private AutobahnServer(
            RoutedServer server,
            DriverRouter router,
            ResultStore results,
            WebSocketScheme scheme,
            InetAddress firstAddress,
            CountDownLatch stopped) {
        this.server = server;
        this.router = router;
        this.results = results;
        this.scheme = scheme;
        this.firstAddress = firstAddress;
        this.stopped = stopped;
    }

    /**
     * Starts a server.
     *
     * @param addresses the addresses to listen on, at least one, all with the same port;
     * {@link LoopbackAddresses#addresses()} unless drivers are elsewhere
     * @param port the port, 0 to 65535; 0 takes a free one
     * @param tls presents the server's certificate for {@code wss} URLs; empty for {@code ws} URLs
     * @param onError gets a sentence for each error of the server itself, on any thread
     * @throws io.wstck.server.PortInUseException if the port is taken
     * @throws IOException if the server cannot listen for another reason
     */
    public static AutobahnServer start(
            AutobahnSettings settings,
            List<InetAddress> addresses,
            int port,
            Optional<SSLContext> tls,
            Consumer<String> onError)
            throws IOException {
        CountDownLatch stopped = new CountDownLatch(1);
        WebSocketScheme scheme = tls.isPresent() ? WebSocketScheme.WSS : WebSocketScheme.WS;
        ResultStore results = new ResultStore();
        DriverRouter router = new DriverRouter(
                settings, results, DriverAccessRules.of(addresses, scheme), stopped::countDown, onError);
        try {
            RoutedServer server = tls.isPresent()
                    ? RoutedServer.startTls(addresses, port, tls.get(), router, onError)
                    : RoutedServer.start(addresses, port, router, onError);
            return new AutobahnServer(server, router, results, scheme, addresses.getFirst(), stopped);
        } catch (IOException | RuntimeException failure) {
            router.close();
            throw failure;
        }
    }

    /** The port that the server listens on. */
    public int port() {
        return server.port();
    }

    /** {@code ws://host:port} of the first address, or {@code wss://}. */
    public URI url() {
        String host = firstAddress.getHostAddress();
        if (firstAddress.isAnyLocalAddress()) {
            host = InetAddress.getLoopbackAddress().getHostAddress();
        }
        return URI.create(scheme.prefix() + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    /** Waits until a driver has stopped the server, and until the last connections have ended, for a limited time. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
        server.drain(LAST_CONNECTIONS);
    }

    /** Waits until no case is running, at most {@code limit}. */
    public void awaitIdle(Duration limit) throws InterruptedException {
        var _ = results.awaitIdle(limit);
    }

    /**
     * Leaves the cases unjudged that have not ended yet.
     *
     * @param reason the reason for their reports, without a full stop
     */
    public void interruptCases(String reason) {
        results.interrupt(reason);
    }

    /** The results of the cases by agent, in the order in which the agents connected. */
    public Map<String, List<CaseSummary>> results() {
        return results.all();
    }

    /** Writes the reports of all agents. */
    public void writeReports() throws IOException {
        router.writeReports();
    }

    @Override
    public void close() {
        server.close();
        router.close();
    }
}
