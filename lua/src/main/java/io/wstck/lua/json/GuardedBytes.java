package io.wstck.lua.json;

import io.wstck.lua.sandbox.LoopGuard;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.luaj.vm2.LuaString;

/** The bytes of a string, piece by piece; each piece looks at the limits of the session. */
final class GuardedBytes extends InputStream {
    private static final int PIECE = 8192;

    private final LoopGuard guard = LoopGuard.current();
    private final LuaString string;
    private int at;
    private long end = Long.MAX_VALUE;

    GuardedBytes(LuaString string) {
        this.string = string;
    }

    /** Fails when more than that many bytes are read from now on; for what the parser must have in memory at once. */
    void allow(long bytes) {
        end = at + bytes;
    }

    @Override
    public int read() throws IOException {
        guard.step();
        requireAllowed();
        return at < string.m_length ? string.luaByte(at++) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length > 0 && at == string.m_length) {
            return -1;
        }
        guard.check();
        requireAllowed();
        int count = Math.min(Math.min(length, PIECE), string.m_length - at);
        string.copyInto(at, target, offset, count);
        at += count;
        return count;
    }

    private void requireAllowed() throws IOException {
        if (at > end) {
            throw new IOException("a name in JSON is too long");
        }
    }
}
