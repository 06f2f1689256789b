package io.wstck.tck.implementation.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the agent's messages, one line of bytes each, into one buffer. A line above the limit is an error. For one
 * thread.
 */
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

    /** A line without its line end, in the reader's buffer. Valid until the next line is read. */
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

    /** The agent sent a line above the limit. */
    static final class LineTooLongException extends Exception {
        private static final long serialVersionUID = 1L;

        LineTooLongException(int limit) {
            super("expected lines of at most " + limit + " bytes, got a longer one");
        }
    }

    /** The next line; empty at the end of the stream. Bytes after the last line end are dropped. */
    Optional<Line> next() throws IOException, LineTooLongException {
        int searched = begin;
        while (true) {
            for (int at = searched; at < end; at++) {
                if (buffer[at] == '\n') {
                    // Checked here too, so that the limit does not depend on how the bytes arrive.
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

    private void makeRoom() throws LineTooLongException {
        int held = end - begin;
        requireWithinLimit(held);
        int size = held == buffer.length ? Math.min(2 * buffer.length, limit + CHUNK) : buffer.length;
        if (begin > 0 || size != buffer.length) {
            // Shrinks a buffer that a long message has enlarged.
            int needed = held < CHUNK / 2 ? CHUNK : size;
            byte[] target = needed == buffer.length ? buffer : new byte[needed];
            System.arraycopy(buffer, begin, target, 0, held);
            buffer = target;
            begin = 0;
            end = held;
        }
    }

    private void requireWithinLimit(int length) throws LineTooLongException {
        if (length > limit) {
            throw new LineTooLongException(limit);
        }
    }
}
