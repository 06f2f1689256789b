package io.wstck.tck.implementation.browser;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.wstck.server.access.LoopbackNames;
import io.wstck.server.access.ServerOrigin;
import io.wstck.server.text.ResourceText;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.xnio.IoUtils;

/**
 * Serves the agent page to browsers on the loopback interface, and carries requests to each page and its answers back.
 * All its paths start with a random secret, and requests of other origins are refused. Any thread.
 */
final class AgentPageServer implements AutoCloseable {
    /**
     * The page may load its own script and style, and connect to any WebSocket. A stricter policy would change what is
     * tested.
     */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:;"
                    + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String JSON = "application/json";
    private static final int SECRET_BITS = 128;
    private static final int SHUTDOWN_MILLIS = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Idle connections are closed after this time. */
    private static final int IDLE_MILLIS = 60_000;

    private static final int REQUEST_MILLIS = 10_000;

    private final Undertow server;
    private final Executor threads;
    private final Map<String, SecretPath> paths = new ConcurrentHashMap<>();

    /** A secret path of the server. One page at a time uses it, always in the same browser. */
    static final class SecretPath {
        private final String path;
        private volatile PageSession expectedSession = new PageSession();
        private volatile Optional<String> browser = Optional.empty();

        private SecretPath(String path) {
            this.path = path;
        }
    }

    private AgentPageServer(int port, Executor threads) {
        this.threads = threads;
        server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                // The JVM prints a warning for direct buffers.
                .setDirectBuffers(false)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_MILLIS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .addHttpListener(port, InetAddress.getLoopbackAddress().getHostAddress())
                .setHandler(this::handle)
                .build();
    }

    /**
     * Starts the server.
     *
     * @param port 0 for any free port
     * @throws IOException if the port cannot be used
     */
    static AgentPageServer serve(int port) throws IOException {
        return serve(port, task -> Thread.ofVirtual().name("browser-agent").start(task));
    }

    /** Starts the server with its own threads. All work that may block runs on them, never on the I/O thread. */
    static AgentPageServer serve(int port, Executor threads) throws IOException {
        AgentPageServer page = new AgentPageServer(port, threads);
        try {
            page.server.start();
            return page;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Creates another secret path. */
    SecretPath newPath() {
        SecretPath secretPath = new SecretPath(new BigInteger(SECRET_BITS, RANDOM).toString(Character.MAX_RADIX));
        paths.put(secretPath.path, secretPath);
        return secretPath;
    }

    /** Removes the path: later requests to it get 404. */
    void remove(SecretPath secretPath) {
        paths.remove(secretPath.path);
    }

    /** The URL that a browser must open. */
    String address(SecretPath secretPath) {
        InetSocketAddress bound =
                (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        return "http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort() + "/" + secretPath.path + "/";
    }

    /** Expects a new page at the path, and ends the session with the last page. */
    PageSession expect(SecretPath secretPath) {
        secretPath.expectedSession.end(PageSession.PageEnd.LOST);
        PageSession session = new PageSession();
        secretPath.expectedSession = session;
        return session;
    }

    private void handle(HttpServerExchange exchange) {
        String[] path = exchange.getRequestPath().split("/", -1);
        Optional<SecretPath> secretPath = path.length == 3 ? Optional.ofNullable(paths.get(path[1])) : Optional.empty();
        List<String> hosts = values(exchange, Headers.HOST);
        if (secretPath.isEmpty() || hosts.isEmpty() || !LoopbackNames.allHosts(hosts)) {
            answer(exchange, 404, "Not found.");
        } else if (!ServerOrigin.isAbsentOrOwn(values(exchange, Headers.ORIGIN), "http", hosts)) {
            answer(exchange, 403, "Expected a request of the page itself, got one of another origin.");
        } else if (!exchange.isRequestComplete()
                && !values(exchange, Headers.CONTENT_TYPE).equals(List.of(JSON))) {
            answer(exchange, 415, "Expected a body with the header Content-Type: " + JSON + ".");
        } else {
            exchange.dispatch(threads, admitted -> serve(admitted, secretPath.get(), path[2]));
        }
    }

    private static List<String> values(HttpServerExchange exchange, HttpString header) {
        HeaderValues values = exchange.getRequestHeaders().get(header);
        return values == null ? List.of() : List.copyOf(values);
    }

    private void serve(HttpServerExchange exchange, SecretPath secretPath, String name) {
        try {
            String request = exchange.getRequestMethod() + " " + name;
            switch (request) {
                case "GET " -> file(exchange, "agent.html", "text/html; charset=utf-8");
                case "GET agent.js" -> file(exchange, name, "text/javascript; charset=utf-8");
                case "GET agent.css" -> file(exchange, name, "text/css; charset=utf-8");
                case "POST requests" -> requests(exchange, secretPath);
                case "POST answers" -> answers(exchange, secretPath);
                case "POST gone" -> gone(exchange, secretPath);
                default -> answer(exchange, 404, "Not found.");
            }
        } catch (IOException gone) {
            // The page closed the connection before it got the response.
            IoUtils.safeClose(exchange.getConnection());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void file(HttpServerExchange exchange, String name, String type) {
        secure(exchange, type);
        exchange.getResponseHeaders().put(new HttpString("Content-Security-Policy"), CONTENT_POLICY);
        exchange.getResponseSender().send(ResourceText.read(AgentPageServer.class, name), StandardCharsets.UTF_8);
    }

    private static void secure(HttpServerExchange exchange, String type) {
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, type)
                .put(Headers.CACHE_CONTROL, "no-store")
                .put(new HttpString("X-Content-Type-Options"), "nosniff")
                .put(new HttpString("Cross-Origin-Resource-Policy"), "same-origin")
                // The path is the secret, so other servers must not see it.
                .put(new HttpString("Referrer-Policy"), "same-origin");
    }

    private static void answer(HttpServerExchange exchange, int status, String sentence) {
        exchange.setStatusCode(status);
        secure(exchange, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(sentence);
    }

    /** A page asks for requests. The response stays open as long as the session with the page. */
    private static void requests(HttpServerExchange exchange, SecretPath secretPath)
            throws IOException, InterruptedException {
        String browser = Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.USER_AGENT))
                .orElse("a browser without a name");
        if (!secretPath.browser.orElse(browser).equals(browser)) {
            answer(
                    exchange,
                    409,
                    "Expected the browser that this run tests, " + secretPath.browser.get() + ", got " + browser + ".");
            return;
        }
        exchange.startBlocking();
        secure(exchange, "application/x-ndjson");
        PageSession session = secretPath.expectedSession;
        if (!session.begin(exchange.getQueryString(), exchange.getOutputStream())) {
            answer(exchange, 409, "Another page is being tested. This one waits for its turn.");
            return;
        }
        secretPath.browser = Optional.of(browser);
        try {
            session.awaitEnd();
        } finally {
            session.end(PageSession.PageEnd.LOST);
            session.endResponse(exchange::endExchange, () -> IoUtils.safeClose(exchange.getConnection()));
        }
    }

    private static void answers(HttpServerExchange exchange, SecretPath secretPath)
            throws IOException, InterruptedException {
        PageSession session = secretPath.expectedSession;
        if (!session.isLiveWith(exchange.getQueryString())) {
            answer(exchange, 410, "The session with this page has ended.");
            return;
        }
        exchange.startBlocking();
        session.receiveAnswer(exchange.getInputStream());
        exchange.setStatusCode(204);
        exchange.endExchange();
    }

    private static void gone(HttpServerExchange exchange, SecretPath secretPath) {
        PageSession session = secretPath.expectedSession;
        if (session.isLiveWith(exchange.getQueryString())) {
            session.end(PageSession.PageEnd.LEFT);
        }
        exchange.setStatusCode(204);
        exchange.endExchange();
    }

    @Override
    public void close() {
        paths.values().forEach(secretPath -> secretPath.expectedSession.end(PageSession.PageEnd.LOST));
        server.stop();
    }
}
