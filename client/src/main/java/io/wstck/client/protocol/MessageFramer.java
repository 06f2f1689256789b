package io.wstck.client.protocol;

import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.MessageDeflater;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Turns messages into frames: a plain one into one frame; a compressed one too, or, beyond 64 KiB of compressed data, into
 * fragments as they come out of the compressor, so that no large message is held twice (RFC 6455 §5.4, RFC 7692 §6.1). For one
 * thread at a time; every frame has to be written before the next is asked for.
 */
public final class MessageFramer implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private enum Phase {
        IDLE,
        PLAIN,
        COMPRESSED,
        COMPRESSED_CONTINUED
    }

    private final Optional<MessageDeflater> deflater;
    private final int threshold;
    private Phase phase = Phase.IDLE;
    private Opcode opcode = Opcode.CONTINUATION;
    private byte[] payload = NOTHING;

    /**
     * @param deflate what was agreed on; empty without compression
     * @param threshold bytes from which a message is compressed
     */
    public MessageFramer(Optional<DeflateParameters> deflate, int threshold) {
        this.deflater =
                deflate.map(parameters -> new MessageDeflater(parameters.client(), parameters.clientWindowBits()));
        this.threshold = threshold;
    }

    /** Begins a message or a control frame; the payload must not change until its last frame is written. */
    public void begin(Opcode first, byte[] bytes) {
        if (phase != Phase.IDLE) {
            throw new IllegalStateException("expected to be between two messages, am " + phase);
        }
        opcode = first;
        payload = bytes;
        // RFC 7692 §6.1: an endpoint may choose for each message. §6: the bit MUST NOT be set on control frames.
        if (deflater.isPresent() && !first.isControl() && bytes.length >= threshold) {
            deflater.get().begin(bytes);
            phase = Phase.COMPRESSED;
        } else {
            phase = Phase.PLAIN;
        }
    }

    /** Returns whether frames are left of what was begun. */
    public boolean hasNext() {
        return phase != Phase.IDLE;
    }

    /** Returns the next frame. */
    public Frame next() {
        Phase current = phase;
        phase = Phase.IDLE;
        byte[] whole = payload;
        payload = NOTHING;
        return switch (current) {
            case IDLE -> throw new IllegalStateException("expected a message to be under way");
            case PLAIN -> Frame.whole(opcode, whole);
            // RFC 7692 §6.1: the bit is set on the first frame of the message only.
            case COMPRESSED -> compressed(Frame.RSV1 | opcode.value());
            case COMPRESSED_CONTINUED -> compressed(Opcode.CONTINUATION.value());
        };
    }

    private Frame compressed(int firstByte) {
        MessageDeflater source = deflater.orElseThrow();
        ByteBuffer piece = source.next();
        if (source.hasNext()) {
            phase = Phase.COMPRESSED_CONTINUED;
            return new Frame(firstByte, piece);
        }
        return new Frame(Frame.FIN | firstByte, piece);
    }

    /** Gives up the fragments that are left of what was begun: no other message may follow, only a close frame (RFC 6455 §5.4, §5.5.1). */
    public void abandon() {
        phase = Phase.IDLE;
        payload = NOTHING;
    }

    /** Frees the compressor's native memory; no message can be begun afterwards. */
    @Override
    public void close() {
        deflater.ifPresent(MessageDeflater::close);
    }
}
