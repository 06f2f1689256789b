package io.wstck.server.wire.deflate;

import java.util.Arrays;

/** Finds repetitions within a window (RFC 1951 §4). One thread. */
final class Matcher {
    /** How many earlier places are looked at for each match. */
    private static final int TRIES = 48;

    private final byte[] data;
    private final int window;
    private final int hashShift;
    /** By hash, the last place with it, or -1. */
    private final int[] last;
    /** By place within the window, the place before it with the same hash. */
    private final int[] before;
    /** Places before this one can be found. */
    private int known;

    /** Matches reach at most {@code window} bytes back, a power of two. */
    Matcher(byte[] data, int window) {
        this.data = data;
        this.window = window;
        int bits = Math.clamp(32 - Integer.numberOfLeadingZeros(data.length), 8, 15);
        this.hashShift = 32 - bits;
        this.last = new int[1 << bits];
        this.before = new int[window];
        Arrays.fill(last, -1);
    }

    /** The tokens of {@code data} from {@code from} to {@code to}; calls go on where the one before ended. */
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
                    int earlier = before[place & (window - 1)];
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
        int end = Math.min(at, data.length - DeflateFormat.MIN_MATCH + 1);
        for (known = Math.max(known, at - window); known < end; known++) {
            int hash = hash(known);
            before[known & (window - 1)] = last[hash];
            last[hash] = known;
        }
    }

    private int hash(int at) {
        int three = (data[at] & 0xFF) << 16 | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF);
        return (three * 0x9E3779B1) >>> hashShift;
    }
}
