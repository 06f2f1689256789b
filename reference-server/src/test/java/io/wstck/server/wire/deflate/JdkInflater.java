package io.wstck.server.wire.deflate;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates messages by the JDK's zlib as a client does (RFC 7692 §7.2.2), as an independent check. */
final class JdkInflater implements AutoCloseable {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Inflater inflater = new Inflater(true);

    /** Inflates a message of exactly {@code length} bytes. */
    byte[] inflate(byte[] compressed, int length) throws DataFormatException {
        byte[] all = Arrays.copyOf(compressed, compressed.length + TAIL.length);
        System.arraycopy(TAIL, 0, all, compressed.length, TAIL.length);
        byte[] out = new byte[length + 1];
        int count = 0;
        inflater.setInput(all);
        while (!inflater.needsInput()) {
            int more = inflater.inflate(out, count, out.length - count);
            count += more;
            if (inflater.finished()) {
                int left = inflater.getRemaining();
                inflater.reset();
                inflater.setInput(all, all.length - left, left);
            } else if (more == 0) {
                break;
            }
        }
        return Arrays.copyOf(out, count);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
