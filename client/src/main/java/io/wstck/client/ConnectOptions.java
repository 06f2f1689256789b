package io.wstck.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to connect. Immutable, for any number of threads and connections. Values are checked by {@link WebSocketClient#connect},
 * which refuses one outside its range with {@link ErrorKind#INVALID}.
 */
public final class ConnectOptions {
    /** Bounds the dial if no dial timeout is given. */
    public static final Duration DEFAULT_DIAL_TIMEOUT = Duration.ofSeconds(10);

    /** The longest timeout: a hundred years of 365 days. */
    public static final Duration MAX_TIMEOUT = Duration.ofDays(36_500);

    /** Bytes of a message if no read limit is given: 32 MiB. */
    public static final int DEFAULT_READ_LIMIT = 32 * 1024 * 1024;

    /** The largest read limit: 128 MiB. */
    public static final int MAX_READ_LIMIT = 128 * 1024 * 1024;

    /** Messages in the channel if no capacity is given. */
    public static final int DEFAULT_CHANNEL_CAPACITY = 64;

    /** The largest channel capacity. */
    public static final int MAX_CHANNEL_CAPACITY = 10_000;

    /** Bytes from which messages are compressed if no threshold is given. */
    public static final int DEFAULT_COMPRESSION_THRESHOLD = 512;

    /** The largest compression threshold: 100 MiB. */
    public static final int MAX_COMPRESSION_THRESHOLD = 100 * 1024 * 1024;

    private final Builder values;

    private ConnectOptions(Builder values) {
        this.values = values;
    }

    /** Returns the options with nothing set. */
    public static ConnectOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns whether a timeout may be that long: longer than zero, at most {@link #MAX_TIMEOUT}. */
    public static boolean isTimeout(Duration timeout) {
        return timeout.isPositive() && timeout.compareTo(MAX_TIMEOUT) <= 0;
    }

    /** Returns the additional headers of the handshake request, in order. */
    public List<Header> headers() {
        return values.headers;
    }

    /** Returns the subprotocols to offer, in order of preference. */
    public List<String> subprotocols() {
        return values.subprotocols;
    }

    /** Returns the bound for name lookup, TCP, TLS and the opening handshake together; {@link #DEFAULT_DIAL_TIMEOUT} if empty. */
    public Optional<Duration> dialTimeout() {
        return values.dialTimeout;
    }

    /** Returns how long no message may arrive before the connection is closed; without it an idle connection stays open. */
    public Optional<Duration> readTimeout() {
        return values.readTimeout;
    }

    /** Returns how long a send may take before it fails and the connection is lost; without it a send waits. */
    public Optional<Duration> writeTimeout() {
        return values.writeTimeout;
    }

    /** Returns the compression mode. */
    public CompressionMode compression() {
        return values.compression;
    }

    /** Returns the largest window for what is sent, as the exponent of 2, 8 to 15; empty: {@code client_max_window_bits} is not offered. */
    public OptionalInt clientWindowBits() {
        return values.clientWindowBits;
    }

    /** Returns the length in bytes from which messages are compressed, 0 to {@link #MAX_COMPRESSION_THRESHOLD}. */
    public int compressionThreshold() {
        return values.compressionThreshold;
    }

    /** Returns the largest message in bytes that is received, inflated, 1 to {@link #MAX_READ_LIMIT}. */
    public int readLimit() {
        return values.readLimit;
    }

    /** Returns how many messages the channel holds, 1 to {@link #MAX_CHANNEL_CAPACITY}. */
    public int channelCapacity() {
        return values.channelCapacity;
    }

    /** Collects options; for one thread at a time. */
    public static final class Builder {
        private List<Header> headers = List.of();
        private List<String> subprotocols = List.of();
        private Optional<Duration> dialTimeout = Optional.empty();
        private Optional<Duration> readTimeout = Optional.empty();
        private Optional<Duration> writeTimeout = Optional.empty();
        private CompressionMode compression = CompressionMode.DISABLED;
        private OptionalInt clientWindowBits = OptionalInt.empty();
        private int compressionThreshold = DEFAULT_COMPRESSION_THRESHOLD;
        private int readLimit = DEFAULT_READ_LIMIT;
        private int channelCapacity = DEFAULT_CHANNEL_CAPACITY;

        private Builder() {}

        private Builder(Builder other) {
            headers = other.headers;
            subprotocols = other.subprotocols;
            dialTimeout = other.dialTimeout;
            readTimeout = other.readTimeout;
            writeTimeout = other.writeTimeout;
            compression = other.compression;
            clientWindowBits = other.clientWindowBits;
            compressionThreshold = other.compressionThreshold;
            readLimit = other.readLimit;
            channelCapacity = other.channelCapacity;
        }

        /**
         * Adds a header after those given so far. Headers of the handshake itself ({@code Upgrade}, {@code Connection},
         * {@code Sec-WebSocket-*}) and of a body are refused; {@code Host} may be given once and replaces the one of the URL.
         */
        public Builder header(String name, String value) {
            headers = appended(headers, new Header(name, value));
            return this;
        }

        /** Adds several headers in order. */
        public Builder headers(List<Header> more) {
            more.forEach(header -> header(header.name(), header.value()));
            return this;
        }

        /** Adds subprotocols after those given so far: tokens, none of them twice (RFC 6455 §4.1). */
        public Builder subprotocols(List<String> more) {
            more.forEach(name -> subprotocols = appended(subprotocols, name));
            return this;
        }

        /** Adds subprotocols after those given so far. */
        public Builder subprotocols(String... more) {
            return subprotocols(List.of(more));
        }

        /** Sets {@link ConnectOptions#dialTimeout}: longer than zero, at most {@link #MAX_TIMEOUT}. */
        public Builder dialTimeout(Duration timeout) {
            dialTimeout = Optional.of(timeout);
            return this;
        }

        /** Sets {@link ConnectOptions#readTimeout}: longer than zero, at most {@link #MAX_TIMEOUT}. */
        public Builder readTimeout(Duration timeout) {
            readTimeout = Optional.of(timeout);
            return this;
        }

        /** Sets {@link ConnectOptions#writeTimeout}: longer than zero, at most {@link #MAX_TIMEOUT}. */
        public Builder writeTimeout(Duration timeout) {
            writeTimeout = Optional.of(timeout);
            return this;
        }

        /** Sets {@link ConnectOptions#compression}. */
        public Builder compression(CompressionMode mode) {
            compression = Objects.requireNonNull(mode, "mode");
            return this;
        }

        /**
         * Offers {@code client_max_window_bits}, too, where compression is offered at all (RFC 7692 §7.1.2.2): the server may ask for
         * a smaller window for what is sent. A window below 15 compresses less well, and takes more time.
         *
         * @param bits the largest window, as the exponent of 2, 8 to 15
         */
        public Builder clientWindowBits(int bits) {
            clientWindowBits = OptionalInt.of(bits);
            return this;
        }

        /** Sets {@link ConnectOptions#compressionThreshold}. */
        public Builder compressionThreshold(int bytes) {
            compressionThreshold = bytes;
            return this;
        }

        /** Sets {@link ConnectOptions#readLimit}; 0, which cannot mean "no message at all", is {@link #DEFAULT_READ_LIMIT}. */
        public Builder readLimit(int bytes) {
            readLimit = bytes == 0 ? DEFAULT_READ_LIMIT : bytes;
            return this;
        }

        /** Sets {@link ConnectOptions#channelCapacity}. */
        public Builder channelCapacity(int messages) {
            channelCapacity = messages;
            return this;
        }

        /** Returns the options as they are now. */
        public ConnectOptions build() {
            return new ConnectOptions(new Builder(this));
        }

        private static <T> List<T> appended(List<T> list, T element) {
            List<T> longer = new ArrayList<>(list);
            longer.add(Objects.requireNonNull(element, "element"));
            return List.copyOf(longer);
        }
    }
}
