package io.wstck.lua.json;

import io.wstck.lua.sandbox.LoopGuard;
import java.io.InputStream;
import java.util.Objects;
import org.luaj.vm2.LuaString;

/** The bytes of a string, piece by piece; each piece looks at the limits of the session. */
final class GuardedBytes extends InputStream {
    private static final int PIECE = 8192;

    private final LoopGuard guard = LoopGuard.current();
    private final LuaString string;
    private int at;

    GuardedBytes(LuaString string) {
        this.string = string;
    }

    @Override
    public int read() {
        guard.step();
        return at < string.m_length ? string.luaByte(at++) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length > 0 && at == string.m_length) {
            return -1;
        }
        guard.check();
        int count = Math.min(Math.min(length, PIECE), string.m_length - at);
        string.copyInto(at, target, offset, count);
        at += count;
        return count;
    }
}
