package io.wstck.tck.autobahn.exchange;

/** The division of frames into writes to TCP. */
public sealed interface WriteChunking {
    /** Puts as many frames into one write as fit. */
    record LargestWrites() implements WriteChunking {}

    /** Makes one write for each frame. */
    record FrameWrites() implements WriteChunking {}

    /** Makes one write for so many bytes, at least 1. */
    record FixedSizeWrites(int bytes) implements WriteChunking {
        public FixedSizeWrites {
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes of a write: expected 1 or more, got " + bytes);
            }
        }
    }

    /** {@link LargestWrites}. */
    static WriteChunking together() {
        return new LargestWrites();
    }
}
