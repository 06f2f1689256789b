package io.wstck.lua.json;

import io.wstck.lua.LoopGuard;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.luaj.vm2.LuaString;

/** Gives the JSON parser the bytes of a Lua string in pieces, and checks the limits of the session at each piece. */
final class GuardedInputStream extends InputStream {
    private static final int PIECE = 8192;

    private final LoopGuard guard = LoopGuard.current();
    private final LuaString string;
    private int at;
    private long end = Long.MAX_VALUE;

    GuardedInputStream(LuaString string) {
        this.string = string;
    }

    /** Limits the bytes that may be read from now on. It bounds what the parser holds in memory at once. */
    void limitTo(long bytes) {
        end = at + bytes;
    }

    @Override
    public int read() throws IOException {
        guard.step();
        checkLimit();
        return at < string.m_length ? string.luaByte(at++) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length > 0 && at == string.m_length) {
            return -1;
        }
        guard.check();
        checkLimit();
        int count = Math.min(Math.min(length, PIECE), string.m_length - at);
        string.copyInto(at, target, offset, count);
        at += count;
        return count;
    }

    private void checkLimit() throws IOException {
        if (at > end) {
            throw new IOException("a name in JSON is too long");
        }
    }
}
