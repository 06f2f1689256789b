package io.wstck.server.connection;

import io.wstck.server.wire.PeerEnd;
import java.nio.ByteBuffer;

/** Receives the client's bytes from a {@link ServerConnection}, within calls to it and on the caller's thread. */
public interface Receiver {
    /** Takes bytes of {@code in}. The connection keeps the rest and offers it again, before later bytes. */
    void take(ByteBuffer in);

    /** Takes all of {@code in}, because the connection cannot keep more bytes. */
    default void takeAll(ByteBuffer in) {
        throw new IllegalStateException(
                "expected the receiver to take all bytes of the client, got " + in.remaining() + " bytes left");
    }

    /** Whether the receiver accepts more bytes while the server waits to write. If not, the client has to wait. */
    default boolean hasRoom() {
        return true;
    }

    /** Called when the client has ended its side of TCP, after all its bytes were taken. */
    void clientEnded(PeerEnd how);

    /** Called after a read with its number of bytes, at least 1, before they are offered. */
    void countRead(int bytes);

    /** Called after a write with its number of bytes, at least 1. */
    default void countWritten(int bytes) {}
}
