package io.wstck.client.protocol;

import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.MessageDeflater;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Turns messages and control frames into frames. It compresses a message if that was negotiated and the message is long
 * enough (RFC 6455 §5.4, RFC 7692 §6.1). An uncompressed message becomes one frame. A message of
 * more than 64 KiB of compressed data becomes fragments, so that a large message is not held twice. Each frame has to
 * be written before the next is begun. For one thread at a time.
 */
final class MessageFramer implements AutoCloseable {
    private static final byte[] EMPTY = {};

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
    private byte[] payload = EMPTY;

    /**
     * @param deflate the negotiated compression; empty if there is none
     * @param threshold bytes from which a message is compressed
     */
    MessageFramer(Optional<DeflateParameters> deflate, int threshold) {
        this.deflater =
                deflate.map(parameters -> new MessageDeflater(parameters.client(), parameters.clientWindowBits()));
        this.threshold = threshold;
    }

    /** Begins a message or a control frame; the payload must not change until its last frame is written. */
    void begin(Opcode first, byte[] bytes) {
        if (phase != Phase.IDLE) {
            throw new IllegalStateException("expected phase IDLE, got " + phase);
        }
        opcode = first;
        // RFC 7692 §6.1: an endpoint may choose for each message. §6: the bit MUST NOT be set on control frames.
        if (deflater.isPresent() && !first.isControl() && bytes.length >= threshold) {
            deflater.get().begin(bytes);
            phase = Phase.COMPRESSED;
        } else {
            payload = bytes;
            phase = Phase.PLAIN;
        }
    }

    /** Returns whether the message that was begun has more frames. */
    boolean hasNext() {
        return phase != Phase.IDLE;
    }

    /** Begins the next frame: hands it to the writer, which writes its header. */
    void beginFrame(FrameWriter frames, ByteBuffer out) {
        switch (phase) {
            case IDLE -> throw new IllegalStateException("expected a message that has begun, got phase IDLE");
            case PLAIN -> {
                frames.begin(FrameWriter.FIN | opcode.value(), payload, 0, payload.length, out);
                abandon();
            }
            // RFC 7692 §6.1: the bit is set on the first frame of the message only.
            case COMPRESSED -> beginCompressed(FrameWriter.RSV1 | opcode.value(), frames, out);
            case COMPRESSED_CONTINUED -> beginCompressed(Opcode.CONTINUATION.value(), frames, out);
        }
    }

    private void beginCompressed(int firstByte, FrameWriter frames, ByteBuffer out) {
        MessageDeflater source = deflater.orElseThrow();
        ByteBuffer piece = source.next();
        phase = source.hasNext() ? Phase.COMPRESSED_CONTINUED : Phase.IDLE;
        int fin = phase == Phase.IDLE ? FrameWriter.FIN : 0;
        frames.begin(fin | firstByte, piece.array(), piece.arrayOffset() + piece.position(), piece.remaining(), out);
    }

    /**
     * Drops the remaining frames of a message. After fragments only a close frame may follow (RFC 6455 §5.4, §5.5.1).
     */
    void abandon() {
        phase = Phase.IDLE;
        payload = EMPTY;
    }

    /** Frees the compressor's native memory; no message can be begun afterwards. */
    @Override
    public void close() {
        deflater.ifPresent(MessageDeflater::close);
    }
}
