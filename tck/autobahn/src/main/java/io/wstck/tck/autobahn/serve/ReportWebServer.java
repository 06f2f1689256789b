package io.wstck.tck.autobahn.serve;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.handlers.resource.ResourceHandler;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import io.wstck.server.access.LoopbackNames;
import io.wstck.tck.autobahn.spec.WebSocketScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A web server for the folder of the reports. The pages are at {@code /reports/clients/}, and at
 * {@code /cwd/reports/clients/}, since the original serves its working directory below {@code /cwd/}. Any thread.
 * {@link #close} releases every socket and thread.
 */
public final class ReportWebServer implements AutoCloseable {
    private static final int IDLE_MILLIS = 60_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final String DEFAULT_PATH = "/reports/";
    private static final String WORKING_DIRECTORY = "/cwd";
    private static final String NO_REPORTS =
            "No reports yet: a driver asks for them at /updateReports of the fuzzing server.";
    private static final HttpString POLICY = new HttpString("Content-Security-Policy");
    /**
     * The content security policy. Pages contain their styles, and the kit's own report its script. They load nothing
     * from other servers.
     */
    private static final String ALLOWED =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'";

    private static final HttpString SNIFFING = new HttpString("X-Content-Type-Options");

    private final Undertow server;
    private final String path;

    private ReportWebServer(Undertow server, String path) {
        this.server = server;
        this.path = path;
    }

    /**
     * Starts the server.
     *
     * @param addresses addresses of this machine, at least one
     * @param port the port, 1 to 65535
     * @param folder the folder of the reports, which must exist
     * @param spelled the folder as the user has written it
     * @throws IOException if the server cannot listen on the port
     */
    public static ReportWebServer start(List<InetAddress> addresses, int port, Path folder, Path spelled)
            throws IOException {
        String path = pathOf(spelled);
        ReportPageHandler pages = new ReportPageHandler(
                DriverAccessRules.of(addresses, WebSocketScheme.WS).exposure(),
                path,
                folder,
                new ResourceHandler(new PathResourceManager(folder.toRealPath())));
        Undertow.Builder builder = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                // As in the reference server: with direct buffers the JVM prints a warning.
                .setDirectBuffers(false)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_MILLIS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .setHandler(pages);
        addresses.forEach(address -> builder.addHttpListener(port, address.getHostAddress()));
        Undertow server = builder.build();
        try {
            server.start();
            return new ReportWebServer(server, path);
        } catch (RuntimeException failure) {
            server.stop();
            if (failure.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw failure;
        }
    }

    /**
     * The path of a folder: {@code ./reports/clients} is at {@code /reports/clients/}. A folder without a usable name,
     * or with {@code ..}, has the default path.
     */
    static String pathOf(Path spelled) {
        Path plain = spelled.normalize();
        List<String> names = StreamSupport.stream(plain.spliterator(), false)
                .map(Path::toString)
                .toList();
        return names.stream().anyMatch(name -> !name.matches("[A-Za-z0-9_.-]+") || name.equals(".."))
                ? DEFAULT_PATH
                : names.stream().map(name -> name + "/").collect(Collectors.joining("", "/", ""));
    }

    /** Answers requests. */
    private record ReportPageHandler(
            DriverAccessRules.NetworkExposure exposure, String path, Path folder, HttpHandler files)
            implements HttpHandler {
        @Override
        public void handleRequest(HttpServerExchange exchange) throws Exception {
            exchange.getResponseHeaders()
                    .put(POLICY, ALLOWED)
                    .put(SNIFFING, "nosniff")
                    .put(Headers.CACHE_CONTROL, "no-cache");
            String asked = withoutWorkingDirectory(exchange.getRelativePath());
            boolean reported = Files.exists(folder.resolve("index.html"));
            if (!isAllowed(exchange)) {
                answer(
                        exchange,
                        StatusCodes.FORBIDDEN,
                        "Expected a Host header that names this machine: " + LoopbackNames.LIST + ".");
            } else if (!exchange.getRequestMethod().equals(Methods.GET)
                    && !exchange.getRequestMethod().equals(Methods.HEAD)) {
                answer(exchange, StatusCodes.METHOD_NOT_ALLOWED, "Expected GET or HEAD.");
            } else if (asked.equals("/") && !reported) {
                // Health checks ask for this page: it is there as soon as the server is, as in the original.
                answer(exchange, StatusCodes.OK, NO_REPORTS);
            } else if (asked.equals("/") && !path.equals("/")) {
                exchange.setStatusCode(StatusCodes.FOUND);
                exchange.getResponseHeaders().put(Headers.LOCATION, path);
            } else if (asked.equals(path) && !reported) {
                answer(exchange, StatusCodes.NOT_FOUND, NO_REPORTS);
            } else if (asked.startsWith(path)) {
                exchange.setRelativePath("/" + asked.substring(path.length()));
                files.handleRequest(exchange);
            } else {
                answer(exchange, StatusCodes.NOT_FOUND, "The reports are at " + path + ".");
            }
        }

        private static String withoutWorkingDirectory(String asked) {
            return asked.startsWith(WORKING_DIRECTORY + "/") ? asked.substring(WORKING_DIRECTORY.length()) : asked;
        }

        /**
         * Whether the Host header is allowed, as for drivers: a page of another server must not read reports through a
         * name that resolves to this machine (DNS rebinding).
         */
        private boolean isAllowed(HttpServerExchange exchange) {
            HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
            return exposure == DriverAccessRules.NetworkExposure.NETWORK
                    || hosts == null
                    || LoopbackNames.allHosts(List.copyOf(hosts));
        }

        private static void answer(HttpServerExchange exchange, int status, String sentence) {
            exchange.setStatusCode(status);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
            exchange.getResponseSender().send(sentence + "\n");
        }
    }

    /** The path of the reports on this server: {@code /reports/clients/}. */
    public String path() {
        return path;
    }

    @Override
    public void close() {
        server.stop();
    }
}
