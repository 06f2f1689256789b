package io.wstck.tck.autobahn.payload;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Generates sample binary files. */
final class FileGenerator {
    private static final int SIDE = 512;
    private static final int BITMAP_HEADER = 14 + 40 + 4 * 256;
    private static final int DOCUMENT_SIZE = 1_042_328;
    private static final int STREAM = 6_000;

    private FileGenerator() {}

    /** A bitmap of 512 by 512 pixels of 8 bits, with a palette. */
    static byte[] bitmap(Random random) {
        ByteBuffer out = ByteBuffer.allocate(BITMAP_HEADER + SIDE * SIDE).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'B').put((byte) 'M').putInt(out.capacity()).putInt(0).putInt(BITMAP_HEADER);
        out.putInt(40).putInt(SIDE).putInt(SIDE).putShort((short) 1).putShort((short) 8);
        out.putInt(0).putInt(SIDE * SIDE).putInt(2835).putInt(2835).putInt(256).putInt(0);
        for (int shade = 0; shade < 256; shade++) {
            out.putInt(shade << 16 | shade << 8 | shade);
        }
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double wave = Math.floorMod(x / 8 + y / 4, 64);
                out.put((byte) Math.clamp(Math.round(96 + wave + 18 * random.nextGaussian()), 0, 255));
            }
        }
        return out.array();
    }

    /** A document like a PDF: objects of similar text, each with a compressed stream. */
    static byte[] document(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(DOCUMENT_SIZE + 2 * STREAM);
        out.writeBytes("%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII));
        for (int object = 1; out.size() < DOCUMENT_SIZE; object++) {
            byte[] stream = new byte[STREAM];
            random.nextBytes(stream);
            out.writeBytes("%d 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n"
                    .formatted(object, STREAM)
                    .getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(stream);
            out.writeBytes("\nendstream\nendobj\n".getBytes(StandardCharsets.US_ASCII));
            for (int entry = 0; entry < 150; entry++) {
                out.writeBytes("%010d 00000 n\n".formatted(out.size()).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return Arrays.copyOf(out.toByteArray(), DOCUMENT_SIZE);
    }
}
