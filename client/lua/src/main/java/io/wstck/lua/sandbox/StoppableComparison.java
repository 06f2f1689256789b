package io.wstck.lua.sandbox;

import io.wstck.lua.LoopGuard;
import java.util.Arrays;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Compares strings, and checks for a stop meanwhile, because a script can make long ones. Bytes are compared as numbers
 * from 0 to 255.
 */
final class StoppableComparison {
    /** Comparisons of shorter strings are fast, so they need no check for a stop. In bytes. */
    static final int LONG = 1024 * 1024;

    private StoppableComparison() {}

    static boolean areLong(LuaValue one, LuaValue other) {
        return one instanceof LuaString left
                && other instanceof LuaString right
                && left.m_length >= LONG
                && right.m_length >= LONG;
    }

    /** The operator {@code <}. */
    static boolean less(LuaValue one, LuaValue other, LoopGuard guard) {
        if (one instanceof LuaString left && other instanceof LuaString right) {
            return order(left, right, guard) < 0;
        }
        boolean ordered = one instanceof LuaNumber && other instanceof LuaNumber;
        if (!ordered
                && one.metatag(LuaValue.LT).isnil()
                && other.metatag(LuaValue.LT).isnil()) {
            throw new LuaError(OperandErrorMessage.incomparable(one, other));
        }
        return one.lt_b(other);
    }

    /** The function {@code rawequal}. */
    static boolean same(LuaValue one, LuaValue other, LoopGuard guard) {
        if (!areLong(one, other)) {
            return one.raweq(other);
        }
        return ((LuaString) one).m_length == ((LuaString) other).m_length
                && order((LuaString) one, (LuaString) other, guard) == 0;
    }

    /** Returns a negative number, zero or a positive number, as a comparator does. */
    static int order(LuaString left, LuaString right, LoopGuard guard) {
        int at = mismatch(left, right, guard);
        return at == Math.min(left.m_length, right.m_length)
                ? Integer.compare(left.m_length, right.m_length)
                : Integer.compare(left.luaByte(at), right.luaByte(at));
    }

    /** Whether LuaJ, which compares bytes as signed numbers, puts the two into the wrong order. */
    static boolean areMisordered(LuaString left, LuaString right, LoopGuard guard) {
        int at = mismatch(left, right, guard);
        return at < Math.min(left.m_length, right.m_length) && ((left.luaByte(at) ^ right.luaByte(at)) & 0x80) != 0;
    }

    /** Returns the number of equal bytes at the beginning of both strings. */
    static int mismatch(LuaString left, LuaString right, LoopGuard guard) {
        return mismatch(left, 0, right, Math.min(left.m_length, right.m_length), guard);
    }

    /** Returns the number of equal bytes, at most {@code most}. The left string begins at {@code from}. */
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
