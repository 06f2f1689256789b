package io.wstck.server.wire.deflate;

import java.util.Arrays;

/** Finds repetitions within a window (RFC 1951 §4), in bytes that are appended bit by bit. One thread. */
final class Matcher {
    /** How many earlier places are looked at for each match. */
    private static final int TRIES = 48;

    /** Beyond so many bytes, those behind the window are let go of. */
    private static final int KEPT = 1 << 20;

    private final int window;
    private final int hashShift;
    /** By hash, the last place with it, or -1. */
    private final int[] last;
    /** By place, as far back as matches reach, the place before it with the same hash. */
    private final int[] before;

    private byte[] data;
    private int size;
    /** Places before this one can be found. */
    private int known;

    private Matcher(int window, int reach) {
        int bits = Math.clamp(32 - Integer.numberOfLeadingZeros(reach), 8, 15);
        this.window = window;
        this.hashShift = 32 - bits;
        this.last = new int[1 << bits];
        this.before = new int[1 << bits];
        this.data = new byte[Math.min(reach, 1024)];
        Arrays.fill(last, -1);
    }

    /** For any number of messages; matches reach at most {@code window} bytes back, a power of two. */
    static Matcher sliding(int window) {
        return new Matcher(window, window);
    }

    /** For one message of that length only: no larger than it has to be. */
    static Matcher single(int window, int length) {
        return new Matcher(window, Math.min(window, Math.max(1, length)));
    }

    /** Where the next byte that is appended will be. */
    int size() {
        return size;
    }

    /** What was appended, from place 0; not to be changed, and not all of it. */
    byte[] data() {
        return data;
    }

    void append(byte[] content) {
        if (content.length > data.length - size) {
            data = Arrays.copyOf(data, Math.max(size + content.length, 2 * data.length));
        }
        System.arraycopy(content, 0, data, size, content.length);
        size += content.length;
    }

    /** This matcher, or one that knows no more than the window, when this has grown. */
    Matcher trimmed() {
        if (size <= KEPT) {
            return this;
        }
        Matcher trimmed = sliding(window);
        trimmed.append(Arrays.copyOfRange(data, size - window, size));
        return trimmed;
    }

    /** The tokens of what was appended, from {@code from} to {@code to}; calls go on where the one before ended. */
    Tokens tokens(int from, int to) {
        Tokens tokens = new Tokens();
        int at = from;
        while (at < to) {
            learn(at);
            int length = 0;
            int distance = 0;
            int most = Math.min(DeflateFormat.MAX_MATCH, to - at);
            if (most >= DeflateFormat.MIN_MATCH) {
                int place = last[hash(at)];
                for (int tries = TRIES; place >= 0 && at - place <= window && tries > 0; tries--) {
                    int common = common(place, at, most, length);
                    if (common > length) {
                        length = common;
                        distance = at - place;
                        if (common == most) {
                            break;
                        }
                    }
                    int earlier = before[place & (before.length - 1)];
                    place = earlier < place ? earlier : -1;
                }
            }
            if (length >= DeflateFormat.MIN_MATCH) {
                tokens.match(length, distance);
                at += length;
            } else {
                tokens.literal(data[at]);
                at++;
            }
        }
        return tokens;
    }

    /** How many bytes are the same, if that is more than {@code best}. */
    private int common(int place, int at, int most, int best) {
        if (data[place + best] != data[at + best]) {
            return 0;
        }
        int mismatch = Arrays.mismatch(data, place, place + most, data, at, at + most);
        return mismatch < 0 ? most : mismatch;
    }

    /** Makes every place before {@code at} known. */
    private void learn(int at) {
        int end = Math.min(at, size - DeflateFormat.MIN_MATCH + 1);
        known = Math.max(known, at - window);
        if (known >= end) {
            return;
        }
        // The most frequent of all loops: no fields in it, and each byte is read once.
        byte[] bytes = data;
        int[] lasts = last;
        int[] befores = before;
        int mask = befores.length - 1;
        int three = (bytes[known] & 0xFF) << 8 | (bytes[known + 1] & 0xFF);
        for (int place = known; place < end; place++) {
            three = (three & 0xFFFF) << 8 | (bytes[place + 2] & 0xFF);
            int hash = hashOf(three);
            befores[place & mask] = lasts[hash];
            lasts[hash] = place;
        }
        known = end;
    }

    private int hash(int at) {
        return hashOf((data[at] & 0xFF) << 16 | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF));
    }

    private int hashOf(int three) {
        return (three * 0x9E3779B1) >>> hashShift;
    }
}
