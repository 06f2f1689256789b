package io.wstck.client;

import java.time.Duration;
import java.util.Optional;

/** Checks at the start of a connect that the values of its {@link ConnectOptions} are in their ranges. */
final class OptionRanges {
    private OptionRanges() {}

    static void check(ConnectOptions options) throws WebSocketException {
        check("dial timeout", options.dialTimeout());
        check("read timeout", options.readTimeout());
        check("write timeout", options.writeTimeout());
        check("compression threshold", options.compressionThreshold(), 0, ConnectOptions.MAX_COMPRESSION_THRESHOLD);
        if (options.clientWindowBits().isPresent()) {
            check("client window bits", options.clientWindowBits().getAsInt(), 8, 15);
        }
        check("read limit", options.readLimit(), 1, ConnectOptions.MAX_READ_LIMIT);
        check("channel capacity", options.channelCapacity(), 1, ConnectOptions.MAX_CHANNEL_CAPACITY);
    }

    private static void check(String option, Optional<Duration> timeout) throws WebSocketException {
        if (timeout.isPresent() && !ConnectOptions.isTimeout(timeout.get())) {
            throw WebSocketException.invalid(option + ": expected longer than zero, at most "
                    + ConnectOptions.MAX_TIMEOUT + ", got " + timeout.get());
        }
    }

    private static void check(String option, int value, int min, int max) throws WebSocketException {
        if (value < min || value > max) {
            throw WebSocketException.invalid(option + ": expected " + min + " to " + max + ", got " + value);
        }
    }
}
