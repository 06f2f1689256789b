package io.wstck.client.protocol;

import io.wstck.client.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Puts the fragments of a message together, within the read limit (RFC 6455 §5.4). */
final class MessageAssembler {
    private static final byte[] EMPTY = {};

    private enum Assembly {
        NONE,
        TEXT,
        BINARY
    }

    private final int limit;
    private final Utf8Validator utf8 = new Utf8Validator();
    private Assembly assembly = Assembly.NONE;
    private byte[] payload = EMPTY;
    private int size;
    /** Size at the end of the current frame. */
    private int announced;

    private boolean last;

    MessageAssembler(int limit) {
        this.limit = limit;
    }

    /** Begins a data frame. */
    void begin(FrameHeader header) throws ProtocolException {
        if (header.opcode() == Opcode.CONTINUATION) {
            // §5.4: a continuation belongs to a message that began with FIN clear.
            if (assembly == Assembly.NONE) {
                throw new ProtocolException(Violation.ORPHAN_CONTINUATION, "CONTINUATION frame");
            }
        } else {
            // §5.4: fragments of one message MUST NOT be interleaved between the fragments of another.
            if (assembly != Assembly.NONE) {
                throw new ProtocolException(
                        Violation.NESTED_MESSAGE,
                        header.opcode() + " frame after " + size + " bytes of a " + assembly + " message");
            }
            assembly = header.opcode() == Opcode.TEXT ? Assembly.TEXT : Assembly.BINARY;
        }
        // §10.4: limits on the frame size and on the total message size after reassembly; judged before anything is
        // stored.
        if (header.length() > limit - size) {
            throw new ProtocolException(
                    Violation.MESSAGE_TOO_BIG,
                    "limit " + limit + " bytes, " + size + " received, " + header.length() + " announced");
        }
        announced = size + (int) header.length();
        last = header.fin();
    }

    /** Takes the next bytes of the current frame. */
    void append(ByteBuffer in, int count) throws ProtocolException {
        reserve(size + count);
        in.get(payload, size, count);
        // §8.1: a text that is not valid UTF-8 fails the connection; here before its frame is complete.
        if (assembly == Assembly.TEXT && !utf8.accept(payload, size, count)) {
            throw new ProtocolException(Violation.TEXT_NOT_UTF8, "within the first " + (size + count) + " bytes");
        }
        size += count;
    }

    /** Ends the current frame; returns the message if this was its last. */
    Optional<Message> end() throws ProtocolException {
        if (!last) {
            return Optional.empty();
        }
        if (assembly == Assembly.TEXT && !utf8.isComplete()) {
            throw new ProtocolException(Violation.TEXT_NOT_UTF8, "cut inside a character after " + size + " bytes");
        }
        byte[] whole = payload.length == size ? payload : Arrays.copyOf(payload, size);
        Message message = assembly == Assembly.TEXT ? new Message.Text(whole) : new Message.Binary(whole);
        assembly = Assembly.NONE;
        payload = EMPTY;
        size = 0;
        return Optional.of(message);
    }

    private void reserve(int needed) {
        if (needed <= payload.length) {
            return;
        }
        // Grows with what has arrived, since an announcement alone must not cost memory. The last frame says where the
        // message
        // ends: no more than that. Doubling keeps copying linear.
        int bound = last ? announced : limit;
        int capacity = Math.max(needed, (int) Math.min(bound, 2L * payload.length));
        payload = Arrays.copyOf(payload, capacity);
    }
}
