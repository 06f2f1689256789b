package io.wstck.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options of one {@link WebSocketClient#connect}: headers, subprotocols, timeouts, compression, and limits for
 * received messages. Immutable: any number of threads and connections may share them. {@link WebSocketClient#connect}
 * refuses a value outside its range with {@link ErrorKind#INVALID}.
 */
public final class ConnectOptions {
    /** The dial timeout if none is set. */
    public static final Duration DEFAULT_DIAL_TIMEOUT = Duration.ofSeconds(10);

    /** The longest timeout: a hundred years of 365 days. */
    public static final Duration MAX_TIMEOUT = Duration.ofDays(36_500);

    /** The read limit in bytes if none is set: 32 MiB. */
    public static final int DEFAULT_READ_LIMIT = 32 * 1024 * 1024;

    /** The largest read limit: 128 MiB. */
    public static final int MAX_READ_LIMIT = 128 * 1024 * 1024;

    /** The channel capacity in messages if none is set. */
    public static final int DEFAULT_CHANNEL_CAPACITY = 64;

    /** The largest channel capacity. */
    public static final int MAX_CHANNEL_CAPACITY = 10_000;

    /** The compression threshold in bytes if none is set. */
    public static final int DEFAULT_COMPRESSION_THRESHOLD = 512;

    /** The largest compression threshold: 100 MiB. */
    public static final int MAX_COMPRESSION_THRESHOLD = 100 * 1024 * 1024;

    private final Builder values;

    private ConnectOptions(Builder values) {
        this.values = values;
    }

    /** {@return the options with nothing set} */
    public static ConnectOptions defaults() {
        return builder().build();
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return whether a timeout is in its range: longer than zero, at most {@link #MAX_TIMEOUT}}
     *
     * @param timeout the timeout
     */
    public static boolean isTimeout(Duration timeout) {
        return timeout.isPositive() && timeout.compareTo(MAX_TIMEOUT) <= 0;
    }

    /** {@return the additional headers of the handshake request, in order} */
    public List<Header> headers() {
        return values.headers;
    }

    /** {@return the subprotocols to offer, in order of preference} */
    public List<String> subprotocols() {
        return values.subprotocols;
    }

    /**
     * {@return the bound for name lookup, TCP, TLS and the opening handshake together} If empty, it is
     * {@link #DEFAULT_DIAL_TIMEOUT}.
     */
    public Optional<Duration> dialTimeout() {
        return values.dialTimeout;
    }

    /**
     * {@return the time without a message after which the client closes the connection} If empty, an idle connection
     * stays open.
     */
    public Optional<Duration> readTimeout() {
        return values.readTimeout;
    }

    /** {@return the time after which a send fails and the connection is lost} If empty, a send waits without limit. */
    public Optional<Duration> writeTimeout() {
        return values.writeTimeout;
    }

    /** {@return the compression mode} */
    public CompressionMode compression() {
        return values.compression;
    }

    /**
     * {@return the largest window for sent messages, as the exponent of 2, 8 to 15} If empty, the client does not offer
     * {@code client_max_window_bits}.
     */
    public OptionalInt clientWindowBits() {
        return values.clientWindowBits;
    }

    /** {@return the length in bytes from which messages are compressed, 0 to {@link #MAX_COMPRESSION_THRESHOLD}} */
    public int compressionThreshold() {
        return values.compressionThreshold;
    }

    /** {@return the size of the largest accepted message, in bytes after inflating, 1 to {@link #MAX_READ_LIMIT}} */
    public int readLimit() {
        return values.readLimit;
    }

    /**
     * {@return how many messages the channel holds, 1 to {@link #MAX_CHANNEL_CAPACITY}} It has no effect with a
     * {@link MessageHandler}.
     */
    public int channelCapacity() {
        return values.channelCapacity;
    }

    /**
     * Collects the values of {@link ConnectOptions}. It does not check their ranges. One thread at a time may use it.
     */
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
         * {@code Sec-WebSocket-*}) and of a body are refused. {@code Host} may be given once and replaces the host of
         * the URL.
         *
         * @param name the name, a token
         * @param value the value, without control characters but tabs
         * @return this builder
         */
        public Builder header(String name, String value) {
            headers = appended(headers, new Header(name, value));
            return this;
        }

        /**
         * Adds several headers in order.
         *
         * @param more the headers to add
         * @return this builder
         */
        public Builder headers(List<Header> more) {
            more.forEach(header -> header(header.name(), header.value()));
            return this;
        }

        /**
         * Adds subprotocols after those given so far: tokens, each at most once (RFC 6455 §4.1).
         *
         * @param more the subprotocols to add
         * @return this builder
         */
        public Builder subprotocols(List<String> more) {
            more.forEach(name -> subprotocols = appended(subprotocols, name));
            return this;
        }

        /**
         * Adds subprotocols after those given so far.
         *
         * @param more the subprotocols to add
         * @return this builder
         */
        public Builder subprotocols(String... more) {
            return subprotocols(List.of(more));
        }

        /**
         * Sets {@link ConnectOptions#dialTimeout}: longer than zero, at most {@link #MAX_TIMEOUT}.
         *
         * @param timeout the timeout
         * @return this builder
         */
        public Builder dialTimeout(Duration timeout) {
            dialTimeout = Optional.of(timeout);
            return this;
        }

        /**
         * Sets {@link ConnectOptions#readTimeout}: longer than zero, at most {@link #MAX_TIMEOUT}.
         *
         * @param timeout the timeout
         * @return this builder
         */
        public Builder readTimeout(Duration timeout) {
            readTimeout = Optional.of(timeout);
            return this;
        }

        /**
         * Sets {@link ConnectOptions#writeTimeout}: longer than zero, at most {@link #MAX_TIMEOUT}.
         *
         * @param timeout the timeout
         * @return this builder
         */
        public Builder writeTimeout(Duration timeout) {
            writeTimeout = Optional.of(timeout);
            return this;
        }

        /**
         * Sets {@link ConnectOptions#compression}.
         *
         * @param mode the mode
         * @return this builder
         */
        public Builder compression(CompressionMode mode) {
            compression = Objects.requireNonNull(mode, "mode");
            return this;
        }

        /**
         * Also offers {@code client_max_window_bits} if compression is offered (RFC 7692 §7.1.2.2). The server may then
         * ask for a smaller window for the client's messages. A window below 15 compresses less and takes more time.
         *
         * @param bits the largest window, as the exponent of 2, 8 to 15
         * @return this builder
         */
        public Builder clientWindowBits(int bits) {
            clientWindowBits = OptionalInt.of(bits);
            return this;
        }

        /**
         * Sets {@link ConnectOptions#compressionThreshold}.
         *
         * @param bytes the size in bytes
         * @return this builder
         */
        public Builder compressionThreshold(int bytes) {
            compressionThreshold = bytes;
            return this;
        }

        /**
         * Sets {@link ConnectOptions#readLimit}. 0 selects {@link #DEFAULT_READ_LIMIT}.
         *
         * @param bytes the size in bytes
         * @return this builder
         */
        public Builder readLimit(int bytes) {
            readLimit = bytes == 0 ? DEFAULT_READ_LIMIT : bytes;
            return this;
        }

        /**
         * Sets {@link ConnectOptions#channelCapacity}.
         *
         * @param messages the number of messages
         * @return this builder
         */
        public Builder channelCapacity(int messages) {
            channelCapacity = messages;
            return this;
        }

        /** {@return the options set so far} */
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
