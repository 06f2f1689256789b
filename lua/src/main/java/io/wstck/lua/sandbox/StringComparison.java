package io.wstck.lua.sandbox;

import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The operators {@code ==}, {@code <} and {@code <=} on long strings. LuaJ compares byte by byte and cannot be stopped meanwhile,
 * so the strings are compared here. For the one instruction the registers get numbers that compare like the strings.
 */
final class StringComparison {
    private static final int CONSTANT = 0x100;

    private final Execution execution;
    private LuaValue[] registers = {};
    private int leftRegister;
    private int rightRegister;
    private LuaValue left = LuaValue.NIL;
    private LuaValue right = LuaValue.NIL;
    private boolean pending;

    StringComparison(Execution execution) {
        this.execution = execution;
    }

    /** Whether registers have to be restored before the next instruction. */
    boolean pending() {
        return pending;
    }

    void restore() {
        registers[leftRegister] = left;
        registers[rightRegister] = right;
        registers = new LuaValue[0];
        left = LuaValue.NIL;
        right = LuaValue.NIL;
        pending = false;
    }

    /** Constants are no longer than a source may be: LuaJ compares those fast enough. */
    void before(int instruction, LuaValue[] operands) {
        int b = instruction >>> 23;
        int c = instruction >> 14 & 0x1ff;
        if (b >= CONSTANT || c >= CONSTANT || !LongStrings.areLong(operands[b], operands[c])) {
            return;
        }
        boolean ordered = Lua.GET_OPCODE(instruction) != Lua.OP_EQ;
        int order = order((LuaString) operands[b], (LuaString) operands[c], ordered);
        registers = operands;
        leftRegister = b;
        rightRegister = c;
        left = operands[b];
        right = operands[c];
        pending = true;
        operands[b] = LuaValue.valueOf(order);
        operands[c] = LuaValue.ZERO;
        if (b == c) {
            operands[b] = LuaValue.ZERO;
        }
    }

    /** Negative, zero or positive; where only equality is asked, different lengths are enough. */
    private int order(LuaString one, LuaString other, boolean ordered) {
        if (!ordered && one.m_length != other.m_length) {
            return 1;
        }
        LoopGuard guard = LoopGuard.of(execution);
        return LongStrings.order(one, other, guard);
    }
}
