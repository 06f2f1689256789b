package io.wstck.server.wire;

import java.io.IOException;

/** A write that a layer above TCP refuses. It says nothing about TCP, which may still be open. */
public final class NotWritableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** {@code reason} is a sentence about the layer that refuses. */
    public NotWritableException(String reason) {
        super(reason);
    }
}
