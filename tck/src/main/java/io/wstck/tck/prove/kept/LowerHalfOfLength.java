package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongPredicate;

/** Of a length above 32 bits only the lower ones are read. The relay hands on as bytes a frame that is longer than it holds. */
final class LowerHalfOfLength implements Tampering {
    private static final int HEADER = 10;
    private static final int LENGTH_AT = 2;

    private final LongPredicate affected;

    /**
     * @param affected the lengths that are read so
     */
    LowerHalfOfLength(LongPredicate affected) {
        this.affected = affected;
    }

    @Override
    public void bytesFromServer(byte[] bytes, Wire wire) throws IOException {
        long announced = bytes.length < HEADER ? -1 : ByteBuffer.wrap(bytes).getLong(LENGTH_AT);
        int length = (int) announced;
        if (length < 0 || length > bytes.length - HEADER || !affected.test(announced)) {
            wire.bytesToClient(bytes);
            return;
        }
        wire.toClient(Frame.toClient(bytes[0] & 0xf, Arrays.copyOfRange(bytes, HEADER, HEADER + length)));
    }
}
