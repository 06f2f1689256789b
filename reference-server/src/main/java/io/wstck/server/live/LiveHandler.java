package io.wstck.server.live;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.xnio.IoUtils;
import org.xnio.Options;

/**
 * Handles {@code GET /live}: server-sent events for each connection that opens or ends, and for each of its journal
 * entries. Read-only. No CORS header lets pages of other origins read it.
 */
public final class LiveHandler {
    private static final long HEARTBEAT_MILLIS = 5_000;

    /**
     * The size in bytes of the system's send buffer of a viewer. By default it grows to megabytes, which a viewer that
     * does not read would hold beyond its end.
     */
    private static final int SEND_BUFFER = 64 * 1024;

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final LiveFeed feed;

    public LiveHandler(LiveFeed feed) {
        this.feed = feed;
    }

    /** Answers the request. Blocks until the viewer is gone. */
    public void handle(HttpServerExchange exchange) {
        if (!exchange.getRequestMethod().equals(Methods.GET)) {
            refuse(exchange, 405, "Expected GET, got " + exchange.getRequestMethod() + ".\n");
            return;
        }
        Optional<Viewer> viewer = feed.addViewer();
        if (viewer.isEmpty()) {
            refuse(exchange, 503, "The limit of " + LiveFeed.MAX_VIEWERS + " viewers is reached.\n");
            return;
        }
        watch(exchange, viewer.get());
    }

    private void watch(HttpServerExchange exchange, Viewer viewer) {
        try {
            viewer.setDropAction(() -> Thread.startVirtualThread(() -> IoUtils.safeClose(exchange.getConnection())));
            exchange.getConnection().setOption(Options.SEND_BUFFER, SEND_BUFFER);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream; charset=utf-8");
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
            exchange.getResponseHeaders().put(new HttpString("X-Content-Type-Options"), "nosniff");
            exchange.startBlocking();
            OutputStream out = exchange.getOutputStream();
            out.write(HEARTBEAT);
            out.flush();
            while (!viewer.dropped()) {
                write(viewer.next(HEARTBEAT_MILLIS), viewer, out);
            }
        } catch (IOException gone) {
            // The user has closed the page.
            IoUtils.safeClose(exchange.getConnection());
        } catch (RuntimeException failure) {
            // When the connection closes during a write, Undertow's stream throws a NullPointerException, because it
            // has lost its buffer.
            if (exchange.getConnection().isOpen()) {
                throw failure;
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            feed.removeViewer(viewer);
            exchange.endExchange();
        }
    }

    /** Writes all queued events at once. One system call per frame would make every viewer too slow. */
    private static void write(Optional<String> first, Viewer viewer, OutputStream out)
            throws IOException, InterruptedException {
        if (first.isEmpty()) {
            out.write(HEARTBEAT);
        }
        for (Optional<String> event = first; event.isPresent(); event = viewer.next(0)) {
            out.write(("data: " + event.get() + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    private static void refuse(HttpServerExchange exchange, int status, String sentence) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(sentence);
    }
}
