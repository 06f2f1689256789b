package io.wstck.client;

import java.util.Objects;

/**
 * One header line: of the handshake request, as the caller sets it, or of a response, as the client parsed it.
 * {@link WebSocketClient#connect} checks the lines of the caller.
 *
 * @param name a token (RFC 9110 §5.6.2)
 * @param value sent as UTF-8, exactly as given; no control characters but tabs
 */
public record Header(String name, String value) {
    /** Checks that neither is null. */
    public Header {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
