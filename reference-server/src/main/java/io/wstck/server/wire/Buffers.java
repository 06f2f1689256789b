package io.wstck.server.wire;

import java.nio.ByteBuffer;

/** Copies between buffers. Stateless. */
public final class Buffers {
    private Buffers() {}

    /** Moves as many bytes as both buffers allow, and returns their number. */
    public static int move(ByteBuffer from, ByteBuffer into) {
        int count = Math.min(from.remaining(), into.remaining());
        into.put(from.slice(from.position(), count));
        from.position(from.position() + count);
        return count;
    }
}
