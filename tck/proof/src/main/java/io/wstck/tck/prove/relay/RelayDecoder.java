package io.wstck.tck.prove.relay;

import io.wstck.server.wire.FrameHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Splits one direction of a connection into HTTP heads and, after the last head, frames. For one thread. */
final class RelayDecoder {
    /** The longest head in bytes. If no head ends within it, the decoder forwards the bytes unread. */
    private static final int MAX_HEAD = 64 << 10;

    /** The longest payload that the decoder buffers, in bytes. It forwards a longer frame unread. */
    private static final int MAX_PAYLOAD = 32 << 20;

    private final DecoderOutput output;
    private DecoderStage stage = DecoderStage.HEAD;
    private byte[] buffer = new byte[64 << 10];
    private int length;

    /** The number of buffered bytes that were searched for the end of the head. */
    private int searchedLength;

    /** The next part of the stream. */
    enum DecoderStage {
        HEAD,
        FRAMES,
        /** Bytes that are forwarded unread. */
        BYTES
    }

    /** Receives the heads, frames and bytes of one direction. */
    interface DecoderOutput {
        /** Called after each read, before the bytes are decoded. */
        void dataArrived() throws IOException;

        /** Receives a head and returns the stage that follows it. */
        DecoderStage head(HttpHead head) throws IOException;

        void frames(List<RelayedFrame> frames) throws IOException;

        void bytes(byte[] bytes) throws IOException;

        /** The connection ended inside a frame. The bytes are the beginning of that frame. */
        void partialFrame(byte[] partial) throws IOException;
    }

    RelayDecoder(DecoderOutput output) {
        this.output = output;
    }

    void feed(byte[] chunk, int count) throws IOException {
        append(chunk, count);
        output.dataArrived();
        if (stage == DecoderStage.HEAD) {
            decodeHeads();
        }
        if (stage == DecoderStage.FRAMES) {
            decodeFrames();
        }
        if (stage == DecoderStage.BYTES && length > 0) {
            output.bytes(take(length));
        }
    }

    /** Ends the direction and passes on the buffered bytes. */
    void end() throws IOException {
        if (length == 0) {
            return;
        }
        byte[] rest = take(length);
        if (stage == DecoderStage.FRAMES) {
            output.partialFrame(rest);
        } else {
            output.bytes(rest);
        }
    }

    private void decodeHeads() throws IOException {
        int end = endOfHead();
        while (stage == DecoderStage.HEAD && end > 0) {
            searchedLength = 0;
            stage = output.head(HttpHead.of(take(end)));
            end = endOfHead();
        }
        if (stage == DecoderStage.HEAD && length > MAX_HEAD) {
            stage = DecoderStage.BYTES;
        }
    }

    private int endOfHead() {
        for (int index = Math.max(3, searchedLength - 3); index < length; index++) {
            if (buffer[index] == '\n'
                    && buffer[index - 1] == '\r'
                    && buffer[index - 2] == '\n'
                    && buffer[index - 3] == '\r') {
                return index + 1;
            }
        }
        searchedLength = length;
        return -1;
    }

    private void decodeFrames() throws IOException {
        List<RelayedFrame> whole = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(buffer, 0, length);
        int decoded = 0;
        Optional<FrameHeader> header = FrameHeader.decode(in);
        while (header.isPresent()
                && isBuffered(header.get())
                && in.remaining() >= header.get().length()) {
            whole.add(frame(header.get(), in));
            decoded = in.position();
            header = FrameHeader.decode(in);
        }
        take(decoded);
        if (!whole.isEmpty()) {
            output.frames(whole);
        }
        if (header.isPresent() && !isBuffered(header.get())) {
            stage = DecoderStage.BYTES;
        }
    }

    private static boolean isBuffered(FrameHeader header) {
        return header.length() >= 0 && header.length() <= MAX_PAYLOAD;
    }

    /** Takes the payload, and unmasks it. The frame is encoded to the same bytes again. */
    private static RelayedFrame frame(FrameHeader header, ByteBuffer in) {
        byte[] payload = new byte[(int) header.length()];
        in.get(payload);
        header.mask().ifPresent(key -> FrameHeader.applyMask(key, payload, payload.length, 0));
        return new RelayedFrame(header, payload);
    }

    private void append(byte[] chunk, int count) {
        if (length + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
        }
        System.arraycopy(chunk, 0, buffer, length, count);
        length += count;
    }

    private byte[] take(int count) {
        byte[] taken = Arrays.copyOf(buffer, count);
        System.arraycopy(buffer, count, buffer, 0, length - count);
        length -= count;
        return taken;
    }
}
