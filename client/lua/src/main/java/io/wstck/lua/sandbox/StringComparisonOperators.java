package io.wstck.lua.sandbox;

import io.wstck.lua.LoopGuard;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Computes {@code ==}, {@code <} and {@code <=} before LuaJ's instruction, for strings that LuaJ compares wrongly or
 * for too long. LuaJ cannot be stopped while it compares long strings. It takes bytes for signed numbers, so that
 * letters beyond ASCII come before the others. For the one instruction the registers get values that compare like the
 * strings.
 */
final class StringComparisonOperators {
    private static final int CONSTANT = 0x100;

    private final ScriptExecution execution;
    private LuaValue[] registers = {};
    private int leftRegister;
    private int rightRegister;
    private LuaValue left = LuaValue.NIL;
    private LuaValue right = LuaValue.NIL;
    private boolean pending;

    StringComparisonOperators(ScriptExecution execution) {
        this.execution = execution;
    }

    /** Returns whether registers have to be restored before the next instruction. */
    boolean pending() {
        return pending;
    }

    void restore() {
        put(leftRegister, left);
        put(rightRegister, right);
        registers = new LuaValue[0];
        left = LuaValue.NIL;
        right = LuaValue.NIL;
        pending = false;
    }

    void before(int instruction, LuaCallStack calls) {
        int b = instruction >>> 23;
        int c = instruction >> 14 & 0x1ff;
        LuaValue one = operand(calls, b);
        LuaValue other = operand(calls, c);
        if (!(one instanceof LuaString first && other instanceof LuaString second)) {
            return;
        }
        // Constants are no longer than a source may be: LuaJ compares those fast enough.
        boolean inRegisters = b < CONSTANT && c < CONSTANT;
        boolean ordered = Lua.GET_OPCODE(instruction) != Lua.OP_EQ;
        boolean replaced = (inRegisters && StoppableComparison.areLong(first, second))
                || (ordered && StoppableComparison.areMisordered(first, second, LoopGuard.of(execution)));
        if (!replaced) {
            return;
        }
        int order = order(first, second, ordered);
        registers = calls.registers();
        leftRegister = b;
        rightRegister = c;
        left = one;
        right = other;
        pending = true;
        // Of two constants neither can be replaced.
        if (inRegisters) {
            put(b, LuaValue.valueOf(b == c ? 0 : order));
            put(c, LuaValue.ZERO);
        } else {
            put(b, order < 0 ? LuaString.valueOf("") : above(second));
            put(c, order > 0 ? LuaString.valueOf("") : above(first));
        }
    }

    private static LuaValue operand(LuaCallStack calls, int operand) {
        return operand < CONSTANT ? calls.registers()[operand] : calls.constant(operand & 0xff);
    }

    private void put(int operand, LuaValue value) {
        if (operand < CONSTANT) {
            registers[operand] = value;
        }
    }

    /** A string that LuaJ takes for greater than the given one. */
    private static LuaString above(LuaString string) {
        byte[] bytes = new byte[string.m_length + 1];
        string.copyInto(0, bytes, 0, string.m_length);
        return LuaString.valueUsing(bytes);
    }

    /** Negative, zero or positive; where only equality is asked, different lengths are enough. */
    private int order(LuaString one, LuaString other, boolean ordered) {
        if (!ordered && one.m_length != other.m_length) {
            return 1;
        }
        LoopGuard guard = LoopGuard.of(execution);
        return StoppableComparison.order(one, other, guard);
    }
}
