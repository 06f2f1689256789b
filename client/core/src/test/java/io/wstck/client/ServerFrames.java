package io.wstck.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Frames as a server writes them: not masked (RFC 6455 §5.2). */
public final class ServerFrames {
    private ServerFrames() {}

    /** Returns one frame. */
    public static byte[] frame(int firstByte, byte[] payload) {
        return fragments(firstByte, payload, Math.max(1, payload.length));
    }

    /** Returns frames with payloads of at most {@code size} bytes. FIN is set only on the last. */
    public static byte[] fragments(int firstByte, byte[] payload, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int offset = 0;
        do {
            int count = Math.min(size, payload.length - offset);
            boolean last = offset + count == payload.length;
            out.write((offset == 0 ? firstByte & 0x7F : 0) | (last ? 0x80 : 0));
            if (count < 126) {
                out.write(count);
            } else if (count < 65_536) {
                out.writeBytes(new byte[] {126, (byte) (count >> 8), (byte) count});
            } else {
                out.writeBytes(
                        ByteBuffer.allocate(9).put((byte) 127).putLong(count).array());
            }
            out.write(payload, offset, count);
            offset += count;
        } while (offset < payload.length);
        return out.toByteArray();
    }
}
