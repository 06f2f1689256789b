package io.wstck.client.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a client's frames: masked, lengths in their shortest form (RFC 6455 §5.2, §5.3). A frame may be written in pieces, so
 * that a long one needs no second copy of its payload. For one thread at a time.
 */
public final class FrameWriter {
    /** The longest header: two bytes, eight of length, four of mask key. */
    public static final int MAX_HEADER = 14;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MASKED = 0x80;
    private static final byte[] NOTHING = {};

    private final MaskKeys keys;
    private byte[] payload = NOTHING;
    private int position;
    private int end;
    /** The mask key, turned so that its first octet is for the octet at {@link #position}. */
    private int key;

    /** @param keys the source of this connection's mask keys */
    public FrameWriter(MaskKeys keys) {
        this.keys = keys;
    }

    /**
     * Begins a frame: writes its header.
     *
     * @param out backed by an array, with room for {@link #MAX_HEADER} bytes
     */
    public void begin(Frame frame, ByteBuffer out) {
        ByteBuffer bytes = frame.payload();
        int length = bytes.remaining();
        payload = bytes.array();
        position = bytes.arrayOffset() + bytes.position();
        end = position + length;
        key = keys.next();
        out.put((byte) frame.firstByte());
        // §5.2: in all cases, the minimal number of bytes MUST be used to encode the length.
        if (length < 126) {
            out.put((byte) (MASKED | length));
        } else if (length <= 0xFFFF) {
            out.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            out.put((byte) (MASKED | 127)).putLong(length);
        }
        out.putInt(key);
    }

    /** Writes as much of the masked payload as there is room; returns whether the frame is complete. */
    public boolean write(ByteBuffer out) {
        int count = Math.min(end - position, out.remaining());
        mask(out.array(), out.arrayOffset() + out.position(), count);
        out.position(out.position() + count);
        position += count;
        key = Integer.rotateLeft(key, 8 * (count & 3));
        if (position < end) {
            return false;
        }
        payload = NOTHING;
        position = 0;
        end = 0;
        return true;
    }

    /** §5.3: octet i of the masked data is octet i of the payload XOR octet i modulo 4 of the key. */
    private void mask(byte[] target, int offset, int count) {
        long word = (long) key << 32 | (key & 0xFFFFFFFFL);
        int done = 0;
        for (; done + Long.BYTES <= count; done += Long.BYTES) {
            LONGS.set(target, offset + done, (long) LONGS.get(payload, position + done) ^ word);
        }
        for (; done < count; done++) {
            int shift = 24 - 8 * (done & 3);
            target[offset + done] = (byte) (payload[position + done] ^ (key >>> shift));
        }
    }
}
