package io.wstck.client;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflates and inflates messages as the peer does, with only java.util.zip (RFC 7692 §7.2.1, §7.2.2). */
public final class Zlib {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private Zlib() {}

    /** Deflates a message without a context. */
    public static byte[] deflated(byte[] message, int level) {
        Deflater deflater = new Deflater(level, true);
        try {
            return deflated(deflater, message);
        } finally {
            deflater.end();
        }
    }

    /** Deflates the next message of a connection, without its last four octets. */
    public static byte[] deflated(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[100_000];
        // Space left in the buffer does not mean the end: the call that changes level or strategy deflates nothing.
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.write(buffer, 0, count);
        } while (count > 0 || !deflater.needsInput());
        byte[] bytes = out.toByteArray();
        // zlib generates no output for an empty input right after a flush.
        return bytes.length == 0 ? new byte[] {0} : Arrays.copyOf(bytes, bytes.length - TAIL.length);
    }

    /** Inflates a message without a context. */
    public static byte[] inflated(byte[] payload) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            return inflated(inflater, payload);
        } finally {
            inflater.end();
        }
    }

    /** Inflates the next message of a connection. */
    public static byte[] inflated(Inflater inflater, byte[] payload) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (byte[] input : new byte[][] {payload, TAIL}) {
            inflater.setInput(input);
            for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
                out.write(buffer, 0, count);
            }
            if (!inflater.needsInput()) {
                throw new DataFormatException("expected the payload to be used up");
            }
        }
        return out.toByteArray();
    }
}
