package io.wstck.server.wire.deflate;

import java.util.Arrays;
import java.util.Random;

/** Generates bytes to compress. */
final class Samples {
    private Samples() {}

    /** Random bytes. */
    static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Text-like bytes with random parts, runs, and repetitions at short and long distances. */
    static byte[] message(Random random, int length) {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            int count = Math.min(length - at, 1 + random.nextInt(400));
            switch (random.nextInt(4)) {
                case 0 -> System.arraycopy(noise(random, count), 0, bytes, at, count);
                case 1 -> Arrays.fill(bytes, at, at + count, (byte) random.nextInt(256));
                case 2 -> {
                    int from = at == 0 ? 0 : random.nextInt(at);
                    for (int i = 0; i < count; i++) {
                        bytes[at + i] = bytes[from + i];
                    }
                }
                default -> {
                    for (int i = 0; i < count; i++) {
                        bytes[at + i] = (byte) "etaoin shrdlu".charAt(random.nextInt(13));
                    }
                }
            }
            at += count;
        }
        return bytes;
    }
}
