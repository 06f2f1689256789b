package io.wstck.tck.autobahn.serve;

import io.wstck.server.RoutedServer;
import io.wstck.tck.autobahn.report.CaseRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The drop-in for the Autobahn fuzzing server. Any thread; {@link #close} releases every socket and thread. */
public final class AutobahnServer implements AutoCloseable {
    /** How long the connection that stopped the server may take to end. */
    private static final Duration LAST_CONNECTIONS = Duration.ofSeconds(2);

    private final RoutedServer server;
    private final ControlRouter router;
    private final InetAddress first;
    private final CountDownLatch stopped;

    private AutobahnServer(RoutedServer server, ControlRouter router, InetAddress first, CountDownLatch stopped) {
        this.server = server;
        this.router = router;
        this.first = first;
        this.stopped = stopped;
    }

    /**
     * Starts a server.
     *
     * @param addresses at least one, all with the same port; {@link Loopback#addresses()} unless drivers are elsewhere
     * @param port 0 to 65535; 0 takes a free one
     * @param trouble told in a sentence what went wrong with the server itself; any thread
     * @throws io.wstck.server.PortInUseException when the port is taken
     * @throws IOException when the server cannot listen for another reason
     */
    public static AutobahnServer start(Setup setup, List<InetAddress> addresses, int port, Consumer<String> trouble)
            throws IOException {
        CountDownLatch stopped = new CountDownLatch(1);
        ControlRouter router = new ControlRouter(setup, DriverRules.of(addresses), stopped::countDown, trouble);
        try {
            return new AutobahnServer(
                    RoutedServer.start(addresses, port, router, trouble), router, addresses.getFirst(), stopped);
        } catch (IOException | RuntimeException failure) {
            router.close();
            throw failure;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** {@code ws://host:port} of the first address. */
    public URI url() {
        String host = first.getHostAddress();
        if (first.isAnyLocalAddress()) {
            host = InetAddress.getLoopbackAddress().getHostAddress();
        }
        return URI.create("ws://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    /** Waits until a driver has stopped the server; the last connections have ended then, or were given their time. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
        server.drain(LAST_CONNECTIONS);
    }

    /** Waits until no case is running, at most {@code limit}. */
    public void awaitIdle(Duration limit) throws InterruptedException {
        router.awaitIdle(limit);
    }

    /** What became of each case, by agent, in the order in which the agents came. */
    public Map<String, List<CaseRecord>> results() {
        return router.results();
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
