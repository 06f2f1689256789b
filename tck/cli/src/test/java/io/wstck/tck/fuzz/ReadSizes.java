package io.wstck.tck.fuzz;

import java.util.Arrays;

/** The sizes of the reads in which bytes arrive. */
enum ReadSizes {
    WHOLE {
        @Override
        int next(int position, int length, int seed) {
            return length - position;
        }
    },
    BYTE_BY_BYTE {
        @Override
        int next(int position, int length, int seed) {
            return 1;
        }
    },
    /** Sizes from 1 to 64 that depend only on the input, so that a finding is reproducible. */
    MIXED {
        @Override
        int next(int position, int length, int seed) {
            int mixed = (seed ^ position) * 0x9E3779B1;
            return Math.min(length - position, 1 + (mixed >>> 26));
        }
    };

    /** Returns the size of the read at {@code position} of {@code length} bytes: at least 1. */
    abstract int next(int position, int length, int seed);

    /** Returns {@link #BYTE_BY_BYTE} or {@link #MIXED}, each for half of the inputs. */
    static ReadSizes forInput(byte[] input) {
        return (seed(input) & 1) == 0 ? BYTE_BY_BYTE : MIXED;
    }

    static int seed(byte[] input) {
        return Arrays.hashCode(input);
    }
}
