package io.wstck.client.protocol;

import io.wstck.client.Message;
import io.wstck.client.protocol.deflate.MessageInflater;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/** The payload of a message while it arrives: within the read limit, and valid UTF-8 where it is text, as far as it has come. */
final class Payload {
    private static final byte[] EMPTY = {};
    private static final int FIRST_INFLATED = 512;

    /** What the bytes are. */
    enum Content {
        TEXT,
        BINARY
    }

    /** Whether frames follow. */
    enum More {
        YES,
        NO
    }

    private final int limit;
    private final Utf8Validator utf8 = new Utf8Validator();
    /** Takes what is inflated while it is not known whether there is more: an array that is full need not grow for nothing. */
    private final byte[] spare = new byte[64];

    private Content content = Content.BINARY;
    private byte[] bytes = EMPTY;
    private int size;
    /** No more bytes than that will there be. */
    private int bound;

    Payload(int limit) {
        this.limit = limit;
    }

    int size() {
        return size;
    }

    void begin(Content kind) {
        content = kind;
        bound = limit;
    }

    /** A plain frame of that length begins: judged before anything of it is stored (RFC 6455 §10.4). */
    void announce(long length, More more) throws ProtocolException {
        if (length > limit - size) {
            throw tooBig(length + " announced");
        }
        bound = more == More.NO ? size + (int) length : limit;
    }

    /** Takes plain bytes that were announced. */
    void append(ByteBuffer in, int count) throws ProtocolException {
        // Grows with what has arrived, since an announcement alone must not cost memory.
        grow(size + count);
        in.get(bytes, size, count);
        accept(count);
    }

    /** Takes what comes out of an inflater until its input is used up; judged while it comes out. */
    void append(MessageInflater inflater) throws ProtocolException, DataFormatException {
        while (true) {
            boolean full = size == bytes.length;
            int count = full
                    ? inflater.inflate(spare, 0, spare.length)
                    : inflater.inflate(bytes, size, bytes.length - size);
            if (count == 0) {
                return;
            }
            if (full) {
                int taken = Math.min(count, limit - size);
                grow(Math.max(size + taken, Math.min(FIRST_INFLATED, limit)));
                System.arraycopy(spare, 0, bytes, size, taken);
                // Judged before the limit, as they come before the byte that exceeds it.
                accept(taken);
                if (taken < count) {
                    throw tooBig("at least " + (count - taken) + " more inflated");
                }
            } else {
                accept(count);
            }
        }
    }

    /** Returns the message; the next may begin. */
    Message end() throws ProtocolException {
        if (content == Content.TEXT && !utf8.isComplete()) {
            throw new ProtocolException(Violation.TEXT_NOT_UTF8, "cut inside a character after " + size + " bytes");
        }
        byte[] whole = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
        bytes = EMPTY;
        size = 0;
        return content == Content.TEXT ? new Message.Text(whole) : new Message.Binary(whole);
    }

    private void accept(int count) throws ProtocolException {
        // §8.1: a text that is not valid UTF-8 fails the connection; here before its frame is complete.
        if (content == Content.TEXT && !utf8.accept(bytes, size, count)) {
            throw new ProtocolException(Violation.TEXT_NOT_UTF8, "within the first " + (size + count) + " bytes");
        }
        size += count;
    }

    private void grow(int needed) {
        if (needed > bytes.length) {
            // Doubling keeps copying linear; no more than there can be.
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(bound, 2L * bytes.length)));
        }
    }

    private ProtocolException tooBig(String more) {
        return new ProtocolException(
                Violation.MESSAGE_TOO_BIG, "limit " + limit + " bytes, " + size + " received, " + more);
    }
}
