package io.wstck.server.wire;

import java.io.IOException;

/** Reports that a layer above TCP, such as TLS, has refused a write. TCP itself may still be open. */
public final class NotWritableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** {@code reason} is a sentence about that layer. */
    public NotWritableException(String reason) {
        super(reason);
    }
}
