package io.wstck.tck.implementation.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines of bytes, each into the same buffer; a line of more than the limit is an error. For one thread. */
final class LineReader {
    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final int limit;
    private byte[] buffer = new byte[CHUNK];
    private int begin;
    private int end;

    LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** A line without its end, in the reader's buffer; good until the next one is read. */
    static final class Line {
        private final byte[] bytes;
        private final int offset;
        private final int length;

        private Line(byte[] bytes, int offset, int length) {
            this.bytes = bytes;
            this.offset = offset;
            this.length = length;
        }

        byte[] bytes() {
            return bytes;
        }

        int offset() {
            return offset;
        }

        int length() {
            return length;
        }
    }

    /** What an agent sent without an end of line. */
    static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLongException(int limit) {
            super("expected lines of at most " + limit + " bytes, got a longer one");
        }
    }

    /** The next line; empty when the stream has ended. What stands behind the last end of line is no line. */
    Optional<Line> next() throws IOException, TooLongException {
        int searched = begin;
        while (true) {
            for (int at = searched; at < end; at++) {
                if (buffer[at] == '\n') {
                    // Also where it came in one read, so that the limit does not depend on the reads.
                    requireWithinLimit(at - begin);
                    Line line = new Line(buffer, begin, at - begin);
                    begin = at + 1;
                    return Optional.of(line);
                }
            }
            searched = end - begin;
            makeRoom();
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return Optional.empty();
            }
            end += read;
        }
    }

    private void makeRoom() throws TooLongException {
        int held = end - begin;
        requireWithinLimit(held);
        int size = held == buffer.length ? Math.min(2 * buffer.length, limit + CHUNK) : buffer.length;
        if (begin > 0 || size != buffer.length) {
            // A buffer that a long message has made large is not kept.
            int needed = held < CHUNK / 2 ? CHUNK : size;
            byte[] target = needed == buffer.length ? buffer : new byte[needed];
            System.arraycopy(buffer, begin, target, 0, held);
            buffer = target;
            begin = 0;
            end = held;
        }
    }

    private void requireWithinLimit(int length) throws TooLongException {
        if (length > limit) {
            throw new TooLongException(limit);
        }
    }
}
