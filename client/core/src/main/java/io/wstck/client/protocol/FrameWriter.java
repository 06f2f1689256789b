package io.wstck.client.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Writes a client's frames: masked, lengths in their shortest form (RFC 6455 §5.2, §5.3). A frame may be written in
 * pieces, so that a long payload is not copied. For one thread at a time.
 */
final class FrameWriter {
    /** The longest header: two bytes, eight of length, four of mask key. */
    static final int MAX_HEADER = 14;

    static final int FIN = 0x80;
    static final int RSV1 = 0x40;

    /** Mask keys are generated in bulk, because one call of the generator takes longer than writing a frame. */
    private static final int KEY_BYTES = 1024;

    /** The first keys, because many connections seldom send. */
    private static final int FIRST_KEY_BYTES = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MASKED = 0x80;
    private static final byte[] EMPTY = {};

    private final SecureRandom random;
    private ByteBuffer keys = ByteBuffer.allocate(0);
    private byte[] payload = EMPTY;
    private int position;
    private int end;
    /** The mask key, rotated so that its first octet masks the octet at {@link #position}. */
    private int key;

    /** @param random the source of mask keys; may be shared */
    FrameWriter(SecureRandom random) {
        this.random = random;
    }

    /** Begins a control frame: writes its header, for which there must be room. */
    void beginControl(Opcode opcode, byte[] bytes, ByteBuffer out) {
        begin(FIN | opcode.value(), bytes, 0, bytes.length, out);
    }

    /**
     * Begins a frame: writes its header.
     *
     * @param firstByte FIN, reserved bits and opcode
     * @param bytes holds the payload; must not change until the frame is written
     * @param out backed by an array, with room for {@link #MAX_HEADER} bytes
     */
    void begin(int firstByte, byte[] bytes, int offset, int length, ByteBuffer out) {
        payload = bytes;
        position = offset;
        end = offset + length;
        key = nextKey();
        out.put((byte) firstByte);
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

    /** Writes as much of the masked payload as fits, and returns whether the frame is complete. */
    boolean write(ByteBuffer out) {
        int count = Math.min(end - position, out.remaining());
        mask(out.array(), out.arrayOffset() + out.position(), count);
        out.position(out.position() + count);
        position += count;
        key = Integer.rotateLeft(key, 8 * (count & 3));
        if (position < end) {
            return false;
        }
        payload = EMPTY;
        position = 0;
        end = 0;
        return true;
    }

    /** §5.3: a fresh, unpredictable key for every frame. */
    private int nextKey() {
        if (!keys.hasRemaining()) {
            if (keys.capacity() < KEY_BYTES) {
                keys = ByteBuffer.allocate(keys.capacity() == 0 ? FIRST_KEY_BYTES : KEY_BYTES);
            }
            random.nextBytes(keys.array());
            keys.clear();
        }
        return keys.getInt();
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
