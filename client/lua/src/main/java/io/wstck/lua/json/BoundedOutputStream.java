package io.wstck.lua.json;

import io.wstck.lua.LuaSession;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.luaj.vm2.LuaString;

/**
 * Collects the bytes of an encoded JSON text for a Lua string, and fails as soon as they exceed the limits of the
 * session.
 */
final class BoundedOutputStream extends OutputStream {
    private static final int LONG = 64 * 1024;

    private final LuaSession session;
    private byte[] bytes = new byte[64];
    private int length;

    BoundedOutputStream(LuaSession session) {
        this.session = session;
    }

    @Override
    public void write(int value) throws IOException {
        makeRoom(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, source.length);
        makeRoom(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    LuaString string() {
        // LuaJ keeps short strings in a cache of the whole process, so they get a copy. A long string keeps the array,
        // which is at most twice as long.
        return length < LONG
                ? LuaString.valueUsing(Arrays.copyOf(bytes, length))
                : LuaString.valueUsing(bytes, 0, length);
    }

    private void makeRoom(int more) throws IOException {
        long needed = (long) length + more;
        if (needed > session.limits().stringBytes()) {
            throw new IOException("more than " + session.limits().stringBytes() + " bytes of JSON");
        }
        if (needed > bytes.length) {
            long size = Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, bytes.length * 2L));
            session.reserve(size);
            bytes = Arrays.copyOf(bytes, (int) size);
        }
        session.checkStop();
    }
}
