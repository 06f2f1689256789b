package io.wstck.tck.fuzz;

import java.util.Arrays;

/** An input of the targets that read frames: the first byte says what was agreed on, the others are the wire. */
final class FrameInput {
    private static final int[] READ_LIMITS = {64 * 1024, 1024, 125, 1};

    /** Bit 0: permessage-deflate; bit 1: without context takeover; bits 2 and 3: the client's read limit. */
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

    /** Returns what arrives, not a copy. */
    byte[] wire() {
        return wire;
    }

    boolean deflate() {
        return (options & 1) != 0;
    }

    boolean contextTakeover() {
        return (options & 2) == 0;
    }

    /** The largest message that the client takes, in bytes. */
    int readLimit() {
        return READ_LIMITS[options >> 2 & 3];
    }
}
