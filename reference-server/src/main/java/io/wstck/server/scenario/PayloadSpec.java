package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import java.util.OptionalInt;

/**
 * The payload of a step: a pattern, or the pattern repeated or cut to a size.
 *
 * @param size bytes, 0 to {@link #MAX_SIZE}
 */
public record PayloadSpec(Bytes pattern, OptionalInt size) {
    /** The largest payload, in bytes. */
    public static final int MAX_SIZE = 64 << 20;

    public PayloadSpec {
        int bytes = size.orElse(pattern.length());
        if (bytes < 0 || bytes > MAX_SIZE) {
            throw new IllegalArgumentException("size: expected 0 to " + MAX_SIZE + " bytes, got " + bytes);
        }
        if (bytes > 0 && pattern.length() == 0) {
            throw new IllegalArgumentException(
                    "size: expected a text or data to repeat to " + bytes + " bytes, got nothing");
        }
    }

    /** Exactly these bytes. */
    public static PayloadSpec of(Bytes content) {
        return new PayloadSpec(content, OptionalInt.empty());
    }

    /** The UTF-8 form of {@code text}. */
    public static PayloadSpec text(String text) {
        return of(Bytes.utf8(text));
    }

    /** The number of bytes of {@link #content}. */
    public int length() {
        return size.orElse(pattern.length());
    }

    /** The payload itself: made on each call, since it may be large. */
    public Bytes content() {
        return size.isEmpty() || size.getAsInt() == pattern.length() ? pattern : part(0, length());
    }

    /** The bytes of the payload from {@code from} (inclusive) to {@code to} (exclusive), made on each call. */
    Bytes part(int from, int to) {
        if (to <= pattern.length()) {
            return pattern.slice(from, to);
        }
        byte[] period = pattern.toArray();
        byte[] part = new byte[to - from];
        int made = Math.min(part.length, period.length);
        for (int i = 0; i < made; i++) {
            part[i] = period[(from + i) % period.length];
        }
        while (made < part.length) {
            // What is made is whole periods: it can be copied behind itself.
            int more = Math.min(made, part.length - made);
            System.arraycopy(part, 0, part, made, more);
            made += more;
        }
        return Bytes.owning(part);
    }
}
