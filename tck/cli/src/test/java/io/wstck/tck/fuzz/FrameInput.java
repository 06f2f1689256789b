package io.wstck.tck.fuzz;

import java.util.Arrays;

/** An input for targets that read frames. The first byte has the negotiated options; the other bytes are the frames. */
final class FrameInput {
    private static final int[] READ_LIMITS = {64 * 1024, 1024, 125, 1};

    /** Bit 0: permessage-deflate. Bit 1: no context takeover. Bits 2 and 3: the client's read limit. */
    private final int options;

    private final byte[] wire;

    private FrameInput(int options, byte[] wire) {
        this.options = options;
        this.wire = wire;
    }

    static FrameInput of(byte[] input) {
        return input.length == 0
                ? new FrameInput(0, input)
                : new FrameInput(input[0], Arrays.copyOfRange(input, 1, input.length));
    }

    /** Returns the bytes of the frames, not a copy. */
    byte[] wire() {
        return wire;
    }

    boolean deflate() {
        return (options & 1) != 0;
    }

    boolean contextTakeover() {
        return (options & 2) == 0;
    }

    /** The largest message that the client accepts, in bytes. */
    int readLimit() {
        return READ_LIMITS[options >> 2 & 3];
    }
}
