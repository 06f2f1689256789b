package io.wstck.tck.autobahn.payload;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import java.util.Arrays;

/**
 * Cuts one payload into consecutive slices, which start again at its beginning after its end. The size of a slice of a
 * text is in characters, and no character is cut. Immutable; any thread.
 */
public final class PayloadSlices {
    private final byte[] content;
    /** The offset of each character, and the end. Empty for ASCII text and for binary content. */
    private final int[] starts;

    private PayloadSlices(byte[] content, int[] starts) {
        this.content = content;
        this.starts = starts;
    }

    /** The slices of {@code content}, which is valid UTF-8 if it is text. */
    public static PayloadSlices of(MessageType type, Bytes content) {
        byte[] bytes = content.toArray();
        int[] starts = type == MessageType.TEXT ? starts(bytes) : new int[0];
        return new PayloadSlices(bytes, starts.length == bytes.length + 1 ? new int[0] : starts);
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

    /**
     * The slice with this index, from 0, of {@code size} bytes or characters. {@code size} is at most the payload's.
     */
    public Bytes slice(int index, int size) {
        int units = starts.length == 0 ? content.length : starts.length - 1;
        int from = (int) ((long) index * size % units);
        int to = from + size;
        if (to <= units) {
            return Bytes.owning(Arrays.copyOfRange(content, at(from), at(to)));
        }
        int head = content.length - at(from);
        byte[] slice = Arrays.copyOfRange(content, at(from), at(from) + head + at(to - units));
        System.arraycopy(content, 0, slice, head, at(to - units));
        return Bytes.owning(slice);
    }

    private int at(int unit) {
        return starts.length == 0 ? unit : starts[unit];
    }
}
