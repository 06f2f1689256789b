package io.wstck.tck.prove.relay;

import io.wstck.server.wire.FrameHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Encodes and decodes whole frames. A frame that is decoded and encoded again has the same bytes. The server's code
 * handles the headers. Stateless.
 */
final class FrameCodec {
    /** The longest payload that the relay buffers, in bytes. It forwards a longer frame unread. */
    static final int MAX_PAYLOAD = 32 << 20;

    private FrameCodec() {}

    /** The result of decoding the beginning of a buffer. */
    sealed interface DecodeResult {
        /**
         * The buffer begins with this whole frame.
         *
         * @param length the encoded length of the frame in bytes
         */
        record CompleteFrame(RelayedFrame frame, int length) implements DecodeResult {}

        /** The buffer ends inside the frame. */
        record IncompleteFrame() implements DecodeResult {}

        /** The payload is longer than {@link #MAX_PAYLOAD}. */
        record OversizedFrame() implements DecodeResult {}
    }

    static DecodeResult read(byte[] bytes, int from, int to) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        Optional<FrameHeader> decoded = FrameHeader.decode(in);
        if (decoded.isEmpty()) {
            return new DecodeResult.IncompleteFrame();
        }
        FrameHeader header = decoded.get();
        if (header.length() < 0 || header.length() > MAX_PAYLOAD) {
            return new DecodeResult.OversizedFrame();
        }
        if (in.remaining() < header.length()) {
            return new DecodeResult.IncompleteFrame();
        }
        byte[] payload = new byte[(int) header.length()];
        in.get(payload);
        mask(header, payload);
        return new DecodeResult.CompleteFrame(new RelayedFrame(header, payload), in.position() - from);
    }

    static byte[] bytes(RelayedFrame frame) {
        return frame.header().encode(frame.payload());
    }

    private static void mask(FrameHeader header, byte[] payload) {
        header.mask().ifPresent(key -> FrameHeader.applyMask(key, payload, payload.length, 0));
    }
}
