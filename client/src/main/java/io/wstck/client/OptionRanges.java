package io.wstck.client;

import java.time.Duration;
import java.util.Optional;

/** The ranges of {@link ConnectOptions}. */
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

    private static void check(String option, int value, int least, int most) throws WebSocketException {
        if (value < least || value > most) {
            throw WebSocketException.invalid(option + ": expected " + least + " to " + most + ", got " + value);
        }
    }
}
