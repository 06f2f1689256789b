package io.wstck.server;

import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.XnioExecutor;

/** Time and size limits for HTTP clients of the server's ports. */
final class HttpLimits {
    /** The largest body, in bytes. */
    static final int MAX_BODY = 4 << 20;

    /**
     * The most bytes that are read of a body that is too large. Most clients read the answer only after they have sent
     * the body.
     */
    static final long MAX_DRAINED = 4L * MAX_BODY;

    private static final int PARSE_TIMEOUT_MS = 10_000;
    private static final int NO_REQUEST_TIMEOUT_MS = 60_000;
    private static final int MAX_HEADER_BYTES = 64 << 10;

    private HttpLimits() {}

    static OptionMap options() {
        return OptionMap.builder()
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_TIMEOUT_MS)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, NO_REQUEST_TIMEOUT_MS)
                .set(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .set(UndertowOptions.MAX_ENTITY_SIZE, MAX_DRAINED)
                .set(UndertowOptions.ALWAYS_SET_DATE, false)
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .set(UndertowOptions.DECODE_URL, false)
                .getMap();
    }

    /**
     * Closes the connection of an exchange that is not complete in time, for example when the client stops sending.
     *
     * @return a key that removes this limit
     */
    static XnioExecutor.Key closeAfter(HttpServerExchange exchange, int seconds) {
        XnioExecutor.Key timeout = exchange.getIoThread()
                .executeAfter(() -> IoUtils.safeClose(exchange.getConnection()), seconds, TimeUnit.SECONDS);
        exchange.addExchangeCompleteListener((_, next) -> {
            timeout.remove();
            next.proceed();
        });
        return timeout;
    }
}
