package io.wstck.client.protocol.deflate;

import java.util.Objects;

/**
 * What client and server have agreed on (RFC 7692 §7.1). The size of the server's window is not among it: inflating copes with any.
 *
 * @param client the window of the messages that are sent
 * @param server the window of the messages that are received
 * @param clientWindowBits the size of the window of the messages that are sent, as the exponent of 2: 8 to 15
 */
public record DeflateParameters(Window client, Window server, int clientWindowBits) {
    /** The smallest window, as the exponent of 2 (RFC 7692 §7.1.2). */
    public static final int MIN_WINDOW_BITS = 8;

    /** The largest window, as the exponent of 2, and the one that is in force unless another is agreed on. */
    public static final int MAX_WINDOW_BITS = 15;

    /** What is agreed on without a word about sizes. */
    public DeflateParameters(Window client, Window server) {
        this(client, server, MAX_WINDOW_BITS);
    }

    public DeflateParameters {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(server, "server");
        if (clientWindowBits < MIN_WINDOW_BITS || clientWindowBits > MAX_WINDOW_BITS) {
            throw new IllegalArgumentException("client window bits: expected 8 to 15, got " + clientWindowBits);
        }
    }
}
