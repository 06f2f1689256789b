package io.wstck.tck.autobahn.payload;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import java.util.Arrays;

/**
 * Stretches of one payload, each behind the one before it, from its start again after its end. In a text their size is in
 * characters, and none is cut. Immutable; any thread.
 */
public final class Windows {
    private final byte[] content;
    /** Where each character begins, and the end; for a text of single bytes and for binary content nothing. */
    private final int[] starts;

    private Windows(byte[] content, int[] starts) {
        this.content = content;
        this.starts = starts;
    }

    /** Those of {@code content}, which is valid UTF-8 if it is text. */
    public static Windows of(MessageType type, Bytes content) {
        byte[] bytes = content.toArray();
        int[] starts = type == MessageType.TEXT ? starts(bytes) : new int[0];
        return new Windows(bytes, starts.length == bytes.length + 1 ? new int[0] : starts);
    }

    private static int[] starts(byte[] text) {
        int[] starts = new int[text.length + 1];
        int count = 0;
        for (int i = 0; i < text.length; i++) {
            if ((text[i] & 0xC0) != 0x80) {
                starts[count++] = i;
            }
        }
        starts[count++] = text.length;
        return Arrays.copyOf(starts, count);
    }

    /** The {@code index}th stretch of {@code size} bytes or characters, from 0; {@code size} is at most the payload's. */
    public Bytes window(int index, int size) {
        int units = starts.length == 0 ? content.length : starts.length - 1;
        int from = (int) ((long) index * size % units);
        int to = from + size;
        if (to <= units) {
            return Bytes.owning(Arrays.copyOfRange(content, at(from), at(to)));
        }
        int head = content.length - at(from);
        byte[] window = Arrays.copyOfRange(content, at(from), at(from) + head + at(to - units));
        System.arraycopy(content, 0, window, head, at(to - units));
        return Bytes.owning(window);
    }

    private int at(int unit) {
        return starts.length == 0 ? unit : starts[unit];
    }
}
