package io.wstck.client.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a client's frames: whole messages in one frame each, masked, lengths in their shortest form (RFC 6455 §5.2, §5.3). A
 * frame may be written in pieces, so that a long one needs no second copy of its payload. For one thread at a time.
 */
public final class FrameWriter {
    /** The longest header: two bytes, eight of length, four of mask key. */
    public static final int MAX_HEADER = 14;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] NOTHING = {};

    private final MaskKeys keys;
    private byte[] payload = NOTHING;
    private int position;
    private int key;

    /** @param keys the source of this connection's mask keys */
    public FrameWriter(MaskKeys keys) {
        this.keys = keys;
    }

    /**
     * Begins a frame: writes its header.
     *
     * @param out backed by an array, with room for {@link #MAX_HEADER} bytes
     * @param bytes the payload; it is read, never written to, until the frame is complete
     */
    public void begin(Opcode opcode, byte[] bytes, ByteBuffer out) {
        payload = bytes;
        position = 0;
        key = keys.next();
        out.put((byte) (FIN | opcode.value()));
        // §5.2: in all cases, the minimal number of bytes MUST be used to encode the length.
        if (bytes.length < 126) {
            out.put((byte) (MASKED | bytes.length));
        } else if (bytes.length <= 0xFFFF) {
            out.put((byte) (MASKED | 126)).putShort((short) bytes.length);
        } else {
            out.put((byte) (MASKED | 127)).putLong(bytes.length);
        }
        out.putInt(key);
    }

    /** Writes as much of the masked payload as there is room; returns whether the frame is complete. */
    public boolean write(ByteBuffer out) {
        int count = Math.min(payload.length - position, out.remaining());
        mask(out.array(), out.arrayOffset() + out.position(), count);
        out.position(out.position() + count);
        position += count;
        if (position < payload.length) {
            return false;
        }
        payload = NOTHING;
        position = 0;
        return true;
    }

    /** §5.3: octet i of the masked data is octet i of the payload XOR octet i modulo 4 of the key. */
    private void mask(byte[] target, int offset, int count) {
        int turned = Integer.rotateLeft(key, 8 * (position & 3));
        long word = (long) turned << 32 | (turned & 0xFFFFFFFFL);
        int done = 0;
        for (; done + Long.BYTES <= count; done += Long.BYTES) {
            LONGS.set(target, offset + done, (long) LONGS.get(payload, position + done) ^ word);
        }
        for (; done < count; done++) {
            int shift = 24 - 8 * (done & 3);
            target[offset + done] = (byte) (payload[position + done] ^ (turned >>> shift));
        }
    }
}
