package io.wstck.server.wire.deflate;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a message inflates to, behind the history that it may refer to; notes how far references reach. Grows up to a limit.
 * One thread.
 */
final class Output {
    private final int start;
    private final int limit;
    private final Window window;
    private byte[] buffer;
    private int end;
    private int reach;
    private Optional<String> tooFar = Optional.empty();

    /** How far back references may reach. */
    enum Scope {
        /** Earlier messages included. */
        CONNECTION,
        /** Not further than the message's own start. */
        MESSAGE
    }

    /** The window in bytes, and whether it slides across messages. */
    record Window(int bytes, Scope scope) {}

    /** {@code limit}: bytes of the message. */
    Output(byte[] history, Window window, int expected, int limit) {
        this.start = history.length;
        this.limit = limit;
        this.window = window;
        this.buffer = Arrays.copyOf(history, start + Math.min(limit, Math.max(256, expected)));
        this.end = start;
    }

    void literal(int value) throws OutputLimitException {
        if (end == buffer.length) {
            grow(1);
        }
        buffer[end++] = (byte) value;
    }

    void bytes(byte[] source, int from, int count) throws OutputLimitException {
        if (count > buffer.length - end) {
            grow(count);
        }
        System.arraycopy(source, from, buffer, end, count);
        end += count;
    }

    void copy(int distance, int length) throws OutputLimitException, BrokenDeflateException {
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
            note("byte " + produced + " refers " + distance + " bytes back, and the window is of " + window.bytes());
        } else if (window.scope() == Scope.MESSAGE) {
            note("byte " + produced + " refers " + distance + " bytes back, into an earlier message");
        }
        if (distance > end) {
            throw new BrokenDeflateException(
                    "byte " + produced + " refers " + distance + " bytes back, where only " + end + " came before");
        }
    }

    private void note(String detail) {
        if (tooFar.isEmpty()) {
            tooFar = Optional.of(detail);
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

    /** The first reference beyond the window, if there was one. */
    Optional<String> tooFar() {
        return tooFar;
    }

    /** Whether some reference reached behind the message's start. */
    boolean reachesBack() {
        return reach > 0;
    }

    byte[] message() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** The last bytes, as many as any window holds. */
    byte[] history() {
        return Arrays.copyOfRange(buffer, Math.max(0, end - DeflateFormat.MAX_WINDOW), end);
    }

    /** The message is longer than the limit. */
    static final class OutputLimitException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
