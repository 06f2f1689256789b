package io.wstck.client.protocol.deflate;

import java.util.Objects;

/**
 * What client and server have agreed on (RFC 7692 §7.1). Windows are not among it: the JDK deflates with 32 KiB, which is why
 * {@code client_max_window_bits} is never offered, and inflates what any smaller window has made.
 *
 * @param client the window of the messages that are sent
 * @param server the window of the messages that are received
 */
public record DeflateParameters(Window client, Window server) {
    public DeflateParameters {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(server, "server");
    }
}
