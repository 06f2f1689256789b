package io.wstck.client.protocol.deflate;

import java.util.Objects;

/**
 * The negotiated parameters of {@code permessage-deflate} (RFC 7692 §7.1). They leave out the size of the server's
 * window, because inflating works with any size.
 *
 * @param client whether sent messages share a window
 * @param server whether received messages share a window
 * @param clientWindowBits the window size of sent messages, as the exponent of 2: 8 to 15
 */
public record DeflateParameters(TakeoverMode client, TakeoverMode server, int clientWindowBits) {
    /** The smallest window, as the exponent of 2 (RFC 7692 §7.1.2). */
    public static final int MIN_WINDOW_BITS = 8;

    /** The largest window, as the exponent of 2. It is the default. */
    public static final int MAX_WINDOW_BITS = 15;

    /** Makes parameters with the default window size. */
    public DeflateParameters(TakeoverMode client, TakeoverMode server) {
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
