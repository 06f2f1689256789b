package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Acts for a client that reads only the lower 32 bits of a 64-bit length. The relay forwards a frame that is too long
 * to buffer as bytes.
 */
final class TruncatedLength implements Tampering {
    private static final int HEADER = 10;
    private static final int LENGTH_AT = 2;

    private final LongPredicate affected;

    /**
     * @param affected whether the fault applies to a length
     */
    TruncatedLength(LongPredicate affected) {
        this.affected = affected;
    }

    @Override
    public void bytesFromServer(byte[] bytes, RelayOutput wire) throws IOException {
        long announced = bytes.length < HEADER ? -1 : ByteBuffer.wrap(bytes).getLong(LENGTH_AT);
        int length = (int) announced;
        if (length < 0 || length > bytes.length - HEADER || !affected.test(announced)) {
            wire.bytesToClient(bytes);
            return;
        }
        wire.toClient(RelayedFrame.toClient(bytes[0] & 0xf, Arrays.copyOfRange(bytes, HEADER, HEADER + length)));
    }
}
