package io.wstck.server;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import org.xnio.Option;
import org.xnio.OptionMap;

/** What HTTP clients of the server's own ports may do: how long they may take, and how much they may send. */
final class HttpLimits {
    private static final int PARSE_TIMEOUT_MS = 10_000;
    private static final int NO_REQUEST_TIMEOUT_MS = 60_000;
    private static final int MAX_HEADER_BYTES = 64 << 10;

    private HttpLimits() {}

    static OptionMap options() {
        return OptionMap.builder()
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_TIMEOUT_MS)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, NO_REQUEST_TIMEOUT_MS)
                .set(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .set(UndertowOptions.MAX_ENTITY_SIZE, (long) HttpApi.MAX_BODY)
                .set(UndertowOptions.ALWAYS_SET_DATE, false)
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .set(UndertowOptions.DECODE_URL, false)
                .getMap();
    }

    static Undertow.Builder limited(Undertow.Builder builder) {
        OptionMap options = options();
        for (Option<?> option : options) {
            set(builder, options, option);
        }
        return builder;
    }

    private static <T> void set(Undertow.Builder builder, OptionMap options, Option<T> option) {
        builder.setServerOption(option, options.get(option));
    }
}
