package io.wstck.server.wire.deflate;

import java.util.Arrays;
import java.util.Optional;

/**
 * Collects the inflated content of a message, behind the history that the message may refer to. It records how far
 * references reach back, and grows up to a limit. One thread.
 */
final class InflateBuffer {
    private final int start;
    private final int limit;
    private final Window window;
    private byte[] buffer;
    private int end;
    private int reach;
    private Optional<String> outOfRangeReference = Optional.empty();

    /** Tells how far back references may reach. */
    enum ReferenceScope {
        /** Into earlier messages. */
        CONNECTION,
        /** To the start of the message. */
        MESSAGE
    }

    /** The size of the window in bytes, and whether it slides across messages. */
    record Window(int bytes, ReferenceScope scope) {}

    /** {@code limit} is the largest size of the message, in bytes. */
    InflateBuffer(byte[] history, Window window, int expected, int limit) {
        this.start = history.length;
        this.limit = limit;
        this.window = window;
        this.buffer = Arrays.copyOf(history, start + Math.min(limit, Math.max(256, expected)));
        this.end = start;
    }

    void appendLiteral(int value) throws OutputLimitException {
        if (end == buffer.length) {
            grow(1);
        }
        buffer[end++] = (byte) value;
    }

    void append(byte[] source, int from, int count) throws OutputLimitException {
        if (count > buffer.length - end) {
            grow(count);
        }
        System.arraycopy(source, from, buffer, end, count);
        end += count;
    }

    void appendMatch(int distance, int length) throws OutputLimitException, BrokenDeflateException {
        int produced = end - start;
        if (distance > produced || distance > window.bytes()) {
            checkDistance(distance, produced);
        }
        if (length > buffer.length - end) {
            grow(length);
        }
        int from = end - distance;
        if (distance >= length) {
            System.arraycopy(buffer, from, buffer, end, length);
        } else {
            for (int i = 0; i < length; i++) {
                buffer[end + i] = buffer[from + i];
            }
        }
        end += length;
    }

    private void checkDistance(int distance, int produced) throws BrokenDeflateException {
        reach = Math.max(reach, distance - produced);
        if (distance > window.bytes()) {
            recordOutOfRange(
                    "byte " + produced + " refers " + distance + " bytes back, and the window is of " + window.bytes());
        } else if (window.scope() == ReferenceScope.MESSAGE) {
            recordOutOfRange("byte " + produced + " refers " + distance + " bytes back, into an earlier message");
        }
        if (distance > end) {
            throw new BrokenDeflateException(
                    "byte " + produced + " refers " + distance + " bytes back, where only " + end + " came before");
        }
    }

    private void recordOutOfRange(String detail) {
        if (outOfRangeReference.isEmpty()) {
            outOfRangeReference = Optional.of(detail);
        }
    }

    private void grow(int count) throws OutputLimitException {
        long needed = (long) end + count;
        long most = (long) start + limit;
        if (needed > most) {
            throw new OutputLimitException();
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(most, Math.max(needed, 2L * buffer.length)));
    }

    /** The first reference beyond the allowed range, in words; empty if there was none. */
    Optional<String> outOfRangeReference() {
        return outOfRangeReference;
    }

    /** Whether a reference reached to before the message's start. */
    boolean reachesBack() {
        return reach > 0;
    }

    byte[] message() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** The last bytes, as many as the largest window holds. */
    byte[] history() {
        return Arrays.copyOfRange(buffer, Math.max(0, end - DeflateFormat.MAX_WINDOW), end);
    }

    /** The message inflates to more than the limit. */
    static final class OutputLimitException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
