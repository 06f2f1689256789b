package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import java.util.Optional;
import java.util.function.Supplier;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/**
 * Makes Lua's message for an instruction that fails at an operand, such as
 * {@code attempt to index local 't' (a nil value)}. It finds the origin of the operand in the compiled code, because
 * LuaJ's messages leave it out. An operand with several possible origins has no name.
 */
final class OperandErrorMessage {
    /** The largest number of moves from local to local that are followed. */
    private static final int MAX_MOVES = 8;

    private static final String ARITHMETIC = "perform arithmetic on";

    private final LuaClosure closure;
    private final Prototype prototype;
    private final int pc;
    private final int instruction;
    private final LuaValue[] registers;

    private OperandErrorMessage(LuaClosure closure, int pc, LuaValue[] registers) {
        this.closure = closure;
        this.prototype = closure.p;
        this.pc = pc;
        this.instruction = prototype.code[pc];
        this.registers = registers;
    }

    /**
     * Returns the message of Lua for the current instruction, such as {@code attempt to index local 't' (a nil value)};
     * empty when it does not fail at its operands.
     *
     * @param pc index of the instruction
     * @param registers of the call
     */
    static Optional<String> complaint(LuaClosure closure, int pc, LuaValue[] registers) {
        return new OperandErrorMessage(closure, pc, registers).complaint();
    }

    private Optional<String> complaint() {
        int a = Lua.GETARG_A(instruction);
        int b = Lua.GETARG_B(instruction);
        int c = Lua.GETARG_C(instruction);
        return switch (Lua.GET_OPCODE(instruction)) {
            case Lua.OP_CALL, Lua.OP_TAILCALL ->
                callable(registers[a]) ? Optional.empty() : attempt("call", registers[a], register(a));
            case Lua.OP_SELF, Lua.OP_GETTABLE -> indexing(registers[b], LuaValue.INDEX, () -> register(b));
            case Lua.OP_SETTABLE ->
                registers[a].istable() ? key(operand(b)) : indexing(registers[a], LuaValue.NEWINDEX, () -> register(a));
            case Lua.OP_GETTABUP -> indexing(upvalueOf(b), LuaValue.INDEX, () -> named("upvalue", upvalue(b)));
            case Lua.OP_SETTABUP -> indexing(upvalueOf(a), LuaValue.NEWINDEX, () -> named("upvalue", upvalue(a)));
            case Lua.OP_ADD, Lua.OP_SUB, Lua.OP_MUL, Lua.OP_DIV, Lua.OP_MOD, Lua.OP_POW ->
                faulty(ARITHMETIC, isNumeric(operand(b)) ? c : b, isNumeric(operand(b)) && isNumeric(operand(c)));
            case Lua.OP_UNM -> faulty(ARITHMETIC, b, isNumeric(registers[b]));
            case Lua.OP_LEN -> faulty("get length of", b, registers[b].istable() || registers[b] instanceof LuaString);
            case Lua.OP_CONCAT -> concatenation(b, c);
            case Lua.OP_LT, Lua.OP_LE -> Optional.of(incomparable(operand(b), operand(c)));
            default -> Optional.empty();
        };
    }

    /** Returns the message of Lua for two values that have no order. */
    static String incomparable(LuaValue one, LuaValue other) {
        String type = one.typename();
        return type.equals(other.typename())
                ? "attempt to compare two " + type + " values"
                : "attempt to compare " + type + " with " + other.typename();
    }

    static boolean callable(LuaValue value) {
        return value.isfunction() || !value.metatag(LuaValue.CALL).isnil();
    }

    private static Optional<String> indexing(LuaValue value, LuaValue event, Supplier<Optional<String>> name) {
        return value.istable() || !value.metatag(event).isnil()
                ? Optional.empty()
                : attempt("index", value, name.get());
    }

    private static Optional<String> key(LuaValue key) {
        if (key.isnil()) {
            return Optional.of("table index is nil");
        }
        return key instanceof LuaNumber number && Double.isNaN(number.todouble())
                ? Optional.of("table index is NaN")
                : Optional.empty();
    }

    private Optional<String> faulty(String verb, int operand, boolean sound) {
        return sound ? Optional.empty() : attempt(verb, operand(operand), operandName(operand));
    }

    /** Lua concatenates from right to left, and names the right one of two operands if the left one has a text. */
    private Optional<String> concatenation(int first, int last) {
        for (int left = last - 1; left >= first; left--) {
            LuaValue one = registers[left];
            LuaValue other = registers[left + 1];
            boolean texts = Concatenation.isText(one) && Concatenation.isText(other);
            if (!texts
                    && one.metatag(LuaValue.CONCAT).isnil()
                    && other.metatag(LuaValue.CONCAT).isnil()) {
                return faulty("concatenate", Concatenation.isText(one) ? left + 1 : left, false);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> attempt(String verb, LuaValue value, Optional<String> name) {
        String type = "a " + value.typename() + " value";
        return Optional.of("attempt to " + verb + " "
                + name.map(known -> known + " (" + type + ")").orElse(type));
    }

    /** A long string is refused before it is read as a number. */
    private static boolean isNumeric(LuaValue value) {
        return value instanceof LuaNumber
                || (value instanceof LuaString string
                        && string.m_length <= ScriptExecution.LARGE_STRING
                        && string.isnumber());
    }

    private LuaValue operand(int operand) {
        return Lua.ISK(operand) ? prototype.k[Lua.INDEXK(operand)] : registers[operand];
    }

    private Optional<String> operandName(int operand) {
        return Lua.ISK(operand) ? Optional.empty() : register(operand);
    }

    private Optional<String> register(int register) {
        return register(register, pc, MAX_MOVES);
    }

    private LuaValue upvalueOf(int index) {
        return closure.upValues[index].getValue();
    }

    private Optional<String> register(int register, int end, int moves) {
        LuaString local = prototype.getlocalname(register + 1, end);
        if (local != null) {
            return named("local", local);
        }
        int origin = origin(register, end);
        if (origin < 0) {
            return Optional.empty();
        }
        int source = prototype.code[origin];
        int b = Lua.GETARG_B(source);
        return switch (Lua.GET_OPCODE(source)) {
            case Lua.OP_MOVE -> b < register && moves > 0 ? register(b, origin, moves - 1) : Optional.<String>empty();
            case Lua.OP_GETUPVAL -> named("upvalue", upvalue(b));
            case Lua.OP_GETTABUP -> named(isGlobals(upvalue(b)) ? "global" : "field", key(source));
            case Lua.OP_GETTABLE -> named("field", key(source));
            case Lua.OP_SELF -> named("method", key(source));
            default -> Optional.empty();
        };
    }

    /** Returns the only instruction that can have set the register; -1 when there may be several. */
    private int origin(int register, int end) {
        int origin = -1;
        int joined = 0;
        for (int at = 0; at < end; at++) {
            int setter = prototype.code[at];
            if (Lua.GET_OPCODE(setter) == Lua.OP_JMP) {
                int target = at + 1 + Lua.GETARG_sBx(setter);
                // Instructions between a jump and its target may have been skipped.
                joined = target > at && target <= end ? Math.max(joined, target) : joined;
            } else if (sets(setter, register)) {
                origin = at < joined ? -1 : at;
            }
        }
        return origin;
    }

    private static boolean sets(int setter, int register) {
        int a = Lua.GETARG_A(setter);
        int opcode = Lua.GET_OPCODE(setter);
        return switch (opcode) {
            case Lua.OP_LOADNIL -> register >= a && register <= a + Lua.GETARG_B(setter);
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
    private LuaString key(int source) {
        int c = Lua.GETARG_C(source);
        return Lua.ISK(c) && prototype.k[Lua.INDEXK(c)] instanceof LuaString name ? name : null;
    }

    private static Optional<String> named(String kind, LuaString name) {
        return Optional.ofNullable(name)
                .map(text -> kind + " '" + LuaStrings.text(text).replace('\0', '?') + "'");
    }
}
