package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import java.util.Optional;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/**
 * Where the value came from that an instruction cannot call or index: {@code method 'close'}, {@code local 'x'}. LuaJ's messages
 * leave that out. Read from the code, as the compiler has left it; a value that has no one origin has no name.
 */
final class FaultyValue {
    /** A value may have been moved from local to local. */
    private static final int MOST_MOVES = 8;

    private final Prototype prototype;

    private FaultyValue(Prototype prototype) {
        this.prototype = prototype;
    }

    /**
     * The name of the value that the current instruction fails at, and its kind; empty when it does not fail at a value, or that
     * has no name.
     *
     * @param pc index of the instruction
     * @param registers of the call
     */
    static Optional<String> name(LuaClosure closure, int pc, LuaValue[] registers) {
        FaultyValue fault = new FaultyValue(closure.p);
        int instruction = closure.p.code[pc];
        return switch (Lua.GET_OPCODE(instruction)) {
            case Lua.OP_CALL, Lua.OP_TAILCALL -> {
                int register = Lua.GETARG_A(instruction);
                yield callable(registers[register]) ? Optional.empty() : fault.register(register, pc, MOST_MOVES);
            }
            case Lua.OP_SELF, Lua.OP_GETTABLE -> fault.indexed(Lua.GETARG_B(instruction), pc, registers);
            case Lua.OP_SETTABLE -> fault.indexed(Lua.GETARG_A(instruction), pc, registers);
            case Lua.OP_GETTABUP -> fault.indexedUpvalue(Lua.GETARG_B(instruction), closure);
            case Lua.OP_SETTABUP -> fault.indexedUpvalue(Lua.GETARG_A(instruction), closure);
            default -> Optional.empty();
        };
    }

    static boolean callable(LuaValue value) {
        return value.isfunction() || !value.metatag(LuaValue.CALL).isnil();
    }

    private static boolean indexable(LuaValue value) {
        return value.istable() || !value.metatag(LuaValue.INDEX).isnil();
    }

    private Optional<String> indexed(int register, int pc, LuaValue[] registers) {
        return indexable(registers[register]) ? Optional.empty() : register(register, pc, MOST_MOVES);
    }

    private Optional<String> indexedUpvalue(int index, LuaClosure closure) {
        return indexable(closure.upValues[index].getValue()) ? Optional.empty() : named("upvalue", upvalue(index));
    }

    private Optional<String> register(int register, int pc, int moves) {
        LuaString local = prototype.getlocalname(register + 1, pc);
        if (local != null) {
            return named("local", local);
        }
        int origin = origin(register, pc);
        if (origin < 0) {
            return Optional.empty();
        }
        int instruction = prototype.code[origin];
        int b = Lua.GETARG_B(instruction);
        return switch (Lua.GET_OPCODE(instruction)) {
            case Lua.OP_MOVE -> b < register && moves > 0 ? register(b, origin, moves - 1) : Optional.<String>empty();
            case Lua.OP_GETUPVAL -> named("upvalue", upvalue(b));
            case Lua.OP_GETTABUP -> named(isGlobals(upvalue(b)) ? "global" : "field", key(instruction));
            case Lua.OP_GETTABLE -> named("field", key(instruction));
            case Lua.OP_SELF -> named("method", key(instruction));
            default -> Optional.empty();
        };
    }

    /** The one instruction that gave the register its value; -1 when there may be several. */
    private int origin(int register, int end) {
        int origin = -1;
        int joined = 0;
        for (int pc = 0; pc < end; pc++) {
            int instruction = prototype.code[pc];
            if (Lua.GET_OPCODE(instruction) == Lua.OP_JMP) {
                int target = pc + 1 + Lua.GETARG_sBx(instruction);
                // What stands between a jump and its target may have been passed over.
                joined = target > pc && target <= end ? Math.max(joined, target) : joined;
            } else if (sets(instruction, register)) {
                origin = pc < joined ? -1 : pc;
            }
        }
        return origin;
    }

    private static boolean sets(int instruction, int register) {
        int a = Lua.GETARG_A(instruction);
        int opcode = Lua.GET_OPCODE(instruction);
        return switch (opcode) {
            case Lua.OP_LOADNIL -> register >= a && register <= a + Lua.GETARG_B(instruction);
            case Lua.OP_TFORCALL -> register >= a + 2;
            case Lua.OP_CALL, Lua.OP_TAILCALL -> register >= a;
            default -> Lua.testAMode(opcode) && register == a;
        };
    }

    private LuaString upvalue(int index) {
        return prototype.upvalues[index].name;
    }

    private static boolean isGlobals(LuaString upvalue) {
        return upvalue != null && LuaStrings.text(upvalue).equals("_ENV");
    }

    /** The constant that a table is asked for; null when the key is computed. */
    private LuaString key(int instruction) {
        int c = Lua.GETARG_C(instruction);
        return Lua.ISK(c) && prototype.k[Lua.INDEXK(c)] instanceof LuaString name ? name : null;
    }

    private static Optional<String> named(String kind, LuaString name) {
        return Optional.ofNullable(name)
                .map(text -> kind + " '" + LuaStrings.text(text).replace('\0', '?') + "'");
    }
}
