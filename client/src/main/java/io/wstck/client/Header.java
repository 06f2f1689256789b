package io.wstck.client;

import java.util.Objects;

/**
 * One header line of the handshake request. It is checked when it is used: see {@link WebSocketClient#connect}.
 *
 * @param name a token (RFC 9110 §5.6.2)
 * @param value sent as UTF-8, exactly as given; no control characters but tabs
 */
public record Header(String name, String value) {
    public Header {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
