package io.wstck.server.wire.deflate;

import java.util.Arrays;

/** Finds repetitions within a window (RFC 1951 §4) in data that grows. One thread. */
final class MatchFinder {
    /** The most earlier positions that are compared for each match. */
    private static final int MAX_CANDIDATES = 16;

    /** After a match of this length, only a quarter of the remaining candidates is compared. */
    private static final int GOOD_MATCH = 16;

    /** When the data exceeds this number of bytes, those before the window are dropped. */
    private static final int MAX_DATA = 1 << 20;

    private final int window;
    private final int hashShift;
    /** Indexed by hash: the last position with that hash, or -1. */
    private final int[] lastByHash;
    /** Indexed by position modulo its length: the previous position with the same hash. */
    private final int[] previousByPosition;

    private byte[] data;
    private int size;
    /** Positions before this one are indexed. */
    private int indexed;

    private MatchFinder(int window, int reach) {
        int bits = Math.clamp(32 - Integer.numberOfLeadingZeros(reach), 8, 15);
        this.window = window;
        this.hashShift = 32 - bits;
        this.lastByHash = new int[1 << bits];
        this.previousByPosition = new int[1 << bits];
        this.data = new byte[Math.min(reach, 1024)];
        Arrays.fill(lastByHash, -1);
    }

    /** A finder for any number of messages. Matches reach back at most {@code window} bytes, a power of two. */
    static MatchFinder sliding(int window) {
        return new MatchFinder(window, window);
    }

    /** A finder for one message of this length, with tables no larger than necessary. */
    static MatchFinder single(int window, int length) {
        return new MatchFinder(window, Math.min(window, Math.max(1, length)));
    }

    /** The number of bytes that were appended: the position of the next one. */
    int size() {
        return size;
    }

    /**
     * The array of the appended bytes, which start at index 0. The caller must not change it. It may be longer than
     * {@link #size}.
     */
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

    /** Returns this finder, or one that has only the last window when this has grown large. */
    MatchFinder trimmed() {
        if (size <= MAX_DATA) {
            return this;
        }
        MatchFinder trimmed = sliding(window);
        trimmed.append(Arrays.copyOfRange(data, size - window, size));
        return trimmed;
    }

    /** The tokens of the data from {@code from} to {@code to}. Each call must start where the previous one ended. */
    Tokens tokens(int from, int to) {
        Tokens tokens = new Tokens();
        int at = from;
        while (at < to) {
            indexUpTo(at);
            int most = Math.min(DeflateFormat.MAX_MATCH, to - at);
            long match = most < DeflateFormat.MIN_MATCH ? 0 : longestMatch(at, most);
            int length = (int) (match >>> Integer.SIZE);
            if (length >= DeflateFormat.MIN_MATCH) {
                tokens.match(length, (int) match);
                at += length;
            } else {
                tokens.literal(data[at]);
                at++;
            }
        }
        return tokens;
    }

    /**
     * The longest match among the candidates for the bytes at {@code at}, of at most {@code most} bytes. The upper half
     * of the result is its length, the lower half its distance.
     */
    private long longestMatch(int at, int most) {
        // A hot loop: it uses no fields, because the first compiler loads a field each time.
        byte[] bytes = data;
        int[] previous = previousByPosition;
        int mask = previous.length - 1;
        int reach = at - window;
        int length = 0;
        int distance = 0;
        int tries = MAX_CANDIDATES;
        int place = lastByHash[hash(at)];
        while (place >= 0 && place >= reach && tries > 0) {
            tries--;
            // A match that differs at this byte cannot be longer than the best one.
            if (bytes[place + length] == bytes[at + length]) {
                int mismatch = Arrays.mismatch(bytes, place, place + most, bytes, at, at + most);
                int matched = mismatch < 0 ? most : mismatch;
                if (matched > length) {
                    if (matched >= GOOD_MATCH && length < GOOD_MATCH) {
                        tries /= 4;
                    }
                    length = matched;
                    distance = at - place;
                    if (matched == most) {
                        break;
                    }
                }
            }
            int earlier = previous[place & mask];
            place = earlier < place ? earlier : -1;
        }
        return (long) length << Integer.SIZE | distance;
    }

    /** Indexes all positions before {@code at}. */
    private void indexUpTo(int at) {
        int end = Math.min(at, size - DeflateFormat.MIN_MATCH + 1);
        indexed = Math.max(indexed, at - window);
        if (indexed >= end) {
            return;
        }
        // This is the hottest loop. It uses no fields and reads each byte once.
        byte[] bytes = data;
        int[] latest = lastByHash;
        int[] previous = previousByPosition;
        int mask = previous.length - 1;
        int threeBytes = (bytes[indexed] & 0xFF) << 8 | (bytes[indexed + 1] & 0xFF);
        for (int place = indexed; place < end; place++) {
            threeBytes = (threeBytes & 0xFFFF) << 8 | (bytes[place + 2] & 0xFF);
            int hash = hashOf(threeBytes);
            previous[place & mask] = latest[hash];
            latest[hash] = place;
        }
        indexed = end;
    }

    private int hash(int at) {
        return hashOf((data[at] & 0xFF) << 16 | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF));
    }

    private int hashOf(int threeBytes) {
        return (threeBytes * 0x9E3779B1) >>> hashShift;
    }
}
