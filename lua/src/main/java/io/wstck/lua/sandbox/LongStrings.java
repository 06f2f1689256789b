package io.wstck.lua.sandbox;

import java.util.Arrays;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Comparisons of strings that can be stopped, however long the strings are. */
final class LongStrings {
    /** Shorter strings are compared so fast that nobody has to be able to stop it. */
    static final int LONG = 1024 * 1024;

    private LongStrings() {}

    static boolean areLong(LuaValue one, LuaValue other) {
        return one instanceof LuaString left
                && other instanceof LuaString right
                && left.m_length >= LONG
                && right.m_length >= LONG;
    }

    /** The operator {@code <}. */
    static boolean less(LuaValue one, LuaValue other, LoopGuard guard) {
        return areLong(one, other) ? order((LuaString) one, (LuaString) other, guard) < 0 : one.lt_b(other);
    }

    /** The function {@code rawequal}. */
    static boolean same(LuaValue one, LuaValue other, LoopGuard guard) {
        if (!areLong(one, other)) {
            return one.raweq(other);
        }
        return ((LuaString) one).m_length == ((LuaString) other).m_length
                && order((LuaString) one, (LuaString) other, guard) == 0;
    }

    /** Negative, zero or positive. */
    static int order(LuaString left, LuaString right, LoopGuard guard) {
        int at = mismatch(left, right, guard);
        return at == Math.min(left.m_length, right.m_length)
                ? Integer.compare(left.m_length, right.m_length)
                // LuaJ compares bytes as signed numbers.
                : Byte.compare(left.m_bytes[left.m_offset + at], right.m_bytes[right.m_offset + at]);
    }

    /** How many bytes at the beginning of the two are the same. */
    static int mismatch(LuaString left, LuaString right, LoopGuard guard) {
        return mismatch(left, 0, right, Math.min(left.m_length, right.m_length), guard);
    }

    /** The same from a place of the left string on, for at most that many bytes. */
    static int mismatch(LuaString left, int from, LuaString right, int most, LoopGuard guard) {
        for (int at = 0; at < most; at += LONG) {
            int end = (int) Math.min((long) at + LONG, most);
            int first = left.m_offset + from;
            int found = Arrays.mismatch(
                    left.m_bytes, first + at, first + end, right.m_bytes, right.m_offset + at, right.m_offset + end);
            if (found >= 0) {
                return at + found;
            }
            if (end < most) {
                guard.check();
            }
        }
        return most;
    }
}
