package io.wstck.server.exchange;

/** How bytes are handed to TCP. */
public sealed interface Pace {
    /** As many frames in one write as fit. */
    record Together() implements Pace {}

    /** A write for each frame. */
    record EachFrame() implements Pace {}

    /** A write for so many bytes, at least 1. */
    record Chopped(int bytes) implements Pace {
        public Chopped {
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes of a write: expected 1 or more, got " + bytes);
            }
        }
    }

    /** {@link Together}. */
    static Pace together() {
        return new Together();
    }
}
