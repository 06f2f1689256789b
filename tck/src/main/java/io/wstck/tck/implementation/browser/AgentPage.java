package io.wstck.tck.implementation.browser;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.wstck.server.access.LoopbackNames;
import io.wstck.server.access.OwnOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.xnio.IoUtils;

/**
 * Serves the page on the loopback interface, and takes what it says. Everything is below a path that nobody can guess, hears no other
 * page, and can be read by none. Any thread.
 */
final class AgentPage implements AutoCloseable {
    /** Own script and style, and connections to any WebSocket: what is judged must not be the page's policy. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:;"
                    + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String JSON = "application/json";
    private static final int SECRET_BITS = 128;
    private static final int SHUTDOWN_MILLIS = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Connections without a request are closed after this time. */
    private static final int IDLE_MILLIS = 60_000;

    private static final int REQUEST_MILLIS = 10_000;

    private final Undertow server;
    private final Executor threads;
    private final Map<String, Door> doors = new ConcurrentHashMap<>();

    /** A path that pages come in by, one after the other, all of one browser. */
    static final class Door {
        private final String path;
        private volatile Visit wanted = new Visit();
        private volatile Optional<String> browser = Optional.empty();

        private Door(String path) {
            this.path = path;
        }
    }

    private AgentPage(int port, Executor threads) {
        this.threads = threads;
        server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                // As in the reference server: direct ones make the JVM warn on the console.
                .setDirectBuffers(false)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_MILLIS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .addHttpListener(port, InetAddress.getLoopbackAddress().getHostAddress())
                .setHandler(this::handle)
                .build();
    }

    /**
     * Begins to serve.
     *
     * @param port 0: any that is free
     * @throws IOException when nobody can listen there
     */
    static AgentPage serve(int port) throws IOException {
        return serve(port, task -> Thread.ofVirtual().name("browser-agent").start(task));
    }

    /** The same with threads of its own: all work that may block runs on them, none on the I/O thread. */
    static AgentPage serve(int port, Executor threads) throws IOException {
        AgentPage page = new AgentPage(port, threads);
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

    /** Another door, which nobody knows yet. */
    Door door() {
        Door door = new Door(new BigInteger(SECRET_BITS, RANDOM).toString(Character.MAX_RADIX));
        doors.put(door.path, door);
        return door;
    }

    /** Nobody comes in there any more, and nothing is kept of who did. */
    void forget(Door door) {
        doors.remove(door.path);
    }

    /** Where a browser has to go. */
    String address(Door door) {
        InetSocketAddress bound =
                (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        return "http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort() + "/" + door.path + "/";
    }

    /** The next page that comes in at a door; the last one is over. */
    Visit expect(Door door) {
        door.wanted.end(Visit.Ending.LOST);
        Visit visit = new Visit();
        door.wanted = visit;
        return visit;
    }

    private void handle(HttpServerExchange exchange) {
        String[] path = exchange.getRequestPath().split("/", -1);
        Optional<Door> door = path.length == 3 ? Optional.ofNullable(doors.get(path[1])) : Optional.empty();
        List<String> hosts = values(exchange, Headers.HOST);
        if (door.isEmpty() || hosts.isEmpty() || !LoopbackNames.allHosts(hosts)) {
            answer(exchange, 404, "There is nothing here.");
        } else if (!OwnOrigin.isAbsentOrOwn(values(exchange, Headers.ORIGIN), "http", hosts)) {
            answer(exchange, 403, "Expected a request of the page itself, got one of another origin.");
        } else if (!exchange.isRequestComplete()
                && !values(exchange, Headers.CONTENT_TYPE).equals(List.of(JSON))) {
            answer(exchange, 415, "Expected a body with the header Content-Type: " + JSON + ".");
        } else {
            exchange.dispatch(threads, admitted -> serve(admitted, door.get(), path[2]));
        }
    }

    private static List<String> values(HttpServerExchange exchange, HttpString header) {
        HeaderValues values = exchange.getRequestHeaders().get(header);
        return values == null ? List.of() : List.copyOf(values);
    }

    private void serve(HttpServerExchange exchange, Door door, String name) {
        try {
            String request = exchange.getRequestMethod() + " " + name;
            switch (request) {
                case "GET " -> file(exchange, "agent.html", "text/html; charset=utf-8");
                case "GET agent.js" -> file(exchange, name, "text/javascript; charset=utf-8");
                case "GET agent.css" -> file(exchange, name, "text/css; charset=utf-8");
                case "POST requests" -> requests(exchange, door);
                case "POST answers" -> answers(exchange, door);
                case "POST gone" -> gone(exchange, door);
                default -> answer(exchange, 404, "There is nothing here.");
            }
        } catch (IOException gone) {
            // Whoever has asked is not there any more.
            IoUtils.safeClose(exchange.getConnection());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void file(HttpServerExchange exchange, String name, String type) throws IOException {
        try (InputStream in = AgentPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("expected " + name + " on the class path, found nothing");
            }
            secure(exchange, type);
            exchange.getResponseHeaders().put(new HttpString("Content-Security-Policy"), POLICY);
            exchange.getResponseSender().send(ByteBuffer.wrap(in.readAllBytes()));
        }
    }

    private static void secure(HttpServerExchange exchange, String type) {
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, type)
                .put(Headers.CACHE_CONTROL, "no-store")
                .put(new HttpString("X-Content-Type-Options"), "nosniff")
                .put(new HttpString("Cross-Origin-Resource-Policy"), "same-origin")
                // The path is the secret.
                .put(new HttpString("Referrer-Policy"), "same-origin");
    }

    private static void answer(HttpServerExchange exchange, int status, String sentence) {
        exchange.setStatusCode(status);
        secure(exchange, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(sentence);
    }

    /** A page that offers itself: the response lasts as long as the visit. */
    private static void requests(HttpServerExchange exchange, Door door) throws IOException, InterruptedException {
        String browser = Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.USER_AGENT))
                .orElse("a browser without a name");
        if (!door.browser.orElse(browser).equals(browser)) {
            answer(
                    exchange,
                    409,
                    "Expected the browser that this run judges, " + door.browser.get() + ", got " + browser + ".");
            return;
        }
        exchange.startBlocking();
        secure(exchange, "application/x-ndjson");
        Visit visit = door.wanted;
        if (!visit.begin(exchange.getQueryString(), exchange.getOutputStream())) {
            answer(
                    exchange,
                    409,
                    "Another page is judged already; this one waits, in case that the kit wants one more.");
            return;
        }
        door.browser = Optional.of(browser);
        try {
            visit.awaitEnd();
        } finally {
            visit.end(Visit.Ending.LOST);
            visit.letGo(exchange::endExchange, () -> IoUtils.safeClose(exchange.getConnection()));
        }
    }

    private static void answers(HttpServerExchange exchange, Door door) throws IOException, InterruptedException {
        Visit visit = door.wanted;
        if (!visit.isOf(exchange.getQueryString())) {
            answer(exchange, 410, "The kit does not talk with this page any more.");
            return;
        }
        exchange.startBlocking();
        visit.answered(exchange.getInputStream());
        exchange.setStatusCode(204);
        exchange.endExchange();
    }

    private static void gone(HttpServerExchange exchange, Door door) {
        Visit visit = door.wanted;
        if (visit.isOf(exchange.getQueryString())) {
            visit.end(Visit.Ending.LEFT);
        }
        exchange.setStatusCode(204);
        exchange.endExchange();
    }

    @Override
    public void close() {
        doors.values().forEach(door -> door.wanted.end(Visit.Ending.LOST));
        server.stop();
    }
}
