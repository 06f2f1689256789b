package io.wstck.lua.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.DebugLib;

/** LuaJ calls this before every instruction: the one place from which a script in a loop can be ended. */
final class ExecutionHook extends DebugLib {
    private static final int INSTRUCTIONS_PER_CHECK = 2048;
    private static final int CONSTANT = 0x100;

    /**
     * A table compares a key with all keys of the same hash, in full, and cannot be stopped meanwhile. A script can choose keys
     * of the same hash, so keys are so short that thousands of comparisons are fast.
     */
    private static final int LONGEST_KEY = 64 * 1024;

    private final Execution execution;
    private volatile LuaCalls stack = new LuaCalls();

    /** Threads of coroutines that end without having the turn: the calls that they leave are not on {@link #stack}. */
    private final Set<Thread> turnless = ConcurrentHashMap.newKeySet();

    private final TableSizes tables = new TableSizes();
    private final StringComparison comparison;
    private int instructions;

    ExecutionHook(Execution execution) {
        this.execution = execution;
        comparison = new StringComparison(execution);
    }

    TableSizes tables() {
        return tables;
    }

    LuaCalls stack() {
        return stack;
    }

    void switchTo(LuaCalls other) {
        stack = other;
    }

    /** The calling thread, which has passed the turn on, ends nevertheless: until {@link #ended} its returns are nobody's. */
    void endsWithoutTurn() {
        turnless.add(Thread.currentThread());
    }

    /** The calling thread has left all of its calls. */
    void ended() {
        turnless.remove(Thread.currentThread());
    }

    private boolean hasTurn() {
        return turnless.isEmpty() || !turnless.contains(Thread.currentThread());
    }

    void unwindTo(int depth) {
        if (hasTurn()) {
            stack.unwindTo(depth);
        }
    }

    @Override
    public void onCall(LuaFunction function) {
        // Functions written in Java have no line, so they have no frame.
    }

    @Override
    public void onCall(LuaClosure closure, Varargs arguments, LuaValue[] registers) {
        if (stack.depth() >= execution.limits().callDepth()) {
            throw execution.end(
                    ScriptEnd.Kind.STACK_OVERFLOW,
                    "stack overflow: more than " + execution.limits().callDepth() + " nested calls");
        }
        stack.push(closure, registers);
    }

    @Override
    public void onReturn() {
        if (hasTurn()) {
            stack.pop();
        }
    }

    @Override
    public void onInstruction(int pc, Varargs values, int top) {
        if (comparison.pending()) {
            comparison.restore();
        }
        LuaCalls current = stack;
        int instruction = current.instruction(pc);
        execution.checkStop();
        if (++instructions % INSTRUCTIONS_PER_CHECK == 0) {
            execution.checkMemory();
            StringMetatable.ensureInstalled();
        }
        switch (instruction & 0x3f) {
            case Lua.OP_CONCAT -> beforeConcat(current.registers(), instruction >>> 23, instruction >> 14 & 0x1ff);
            case Lua.OP_TAILCALL -> beforeTailCall(current.registers()[instruction >> 6 & 0xff]);
            case Lua.OP_SELF -> StringMetatable.ensureInstalled();
            case Lua.OP_GETTABLE -> {
                StringMetatable.ensureInstalled();
                checkKey(value(current, instruction >> 14 & 0x1ff));
            }
            case Lua.OP_SETTABLE -> {
                checkKey(value(current, instruction >>> 23));
                tables.beforeSet(current.registers()[instruction >> 6 & 0xff]);
            }
            case Lua.OP_GETTABUP -> checkKey(value(current, instruction >> 14 & 0x1ff));
            case Lua.OP_SETTABUP -> {
                checkKey(value(current, instruction >>> 23));
                tables.beforeSet(current.upvalue(instruction >> 6 & 0xff));
            }
            case Lua.OP_EQ, Lua.OP_LT, Lua.OP_LE -> comparison.before(instruction, current.registers());
            case Lua.OP_ADD, Lua.OP_SUB, Lua.OP_MUL, Lua.OP_DIV, Lua.OP_MOD, Lua.OP_POW -> {
                beforeArithmetic(value(current, instruction >>> 23));
                beforeArithmetic(value(current, instruction >> 14 & 0x1ff));
            }
            case Lua.OP_UNM -> beforeArithmetic(current.registers()[instruction >>> 23]);
            case Lua.OP_FORPREP -> beforeLoop(current.registers(), instruction >> 6 & 0xff);
            case Lua.OP_SETLIST -> beforeList(instruction >>> 23, values);
            default -> {}
        }
    }

    /** The operand of an instruction: a register, or a constant. */
    private static LuaValue value(LuaCalls calls, int operand) {
        return operand < CONSTANT ? calls.registers()[operand] : calls.constant(operand & 0xff);
    }

    /** LuaJ reads a string as a number in a time that grows with its length, and cannot be stopped meanwhile. */
    private static void beforeArithmetic(LuaValue operand) {
        if (operand instanceof LuaString string && string.m_length > Execution.LARGE_STRING) {
            throw new LuaError("attempt to perform arithmetic on a string of " + string.m_length + " bytes");
        }
    }

    private static void beforeLoop(LuaValue[] registers, int first) {
        for (int i = first; i < first + 3; i++) {
            beforeArithmetic(registers[i]);
        }
    }

    /** Refuses a string that is too long to be the key of a table. */
    static void checkKey(LuaValue key) {
        if (key instanceof LuaString string && string.m_length > LONGEST_KEY) {
            throw new LuaError(
                    "the key of a table is a string of at most " + LONGEST_KEY + " bytes, got " + string.m_length);
        }
    }

    /** {@code { ... }} and {@code { f() }}: as many elements as there are values. */
    private void beforeList(int count, Varargs values) {
        if (count == 0 && values.narg() > INSTRUCTIONS_PER_CHECK) {
            execution.reserve(16L * values.narg());
        }
    }

    @Override
    public String traceback(int level) {
        return ErrorReport.trailer(stack);
    }

    /** LuaJ makes the call when the caller has returned: an error there would have no place. */
    private static void beforeTailCall(LuaValue called) {
        if (!FaultyValue.callable(called)) {
            throw new LuaError("attempt to call " + called.typename());
        }
    }

    /** Bounds the result, and writes numbers as Lua does: LuaJ's own concatenation goes through float. */
    private void beforeConcat(LuaValue[] registers, int first, int last) {
        for (int i = first; i <= last; i++) {
            if (!Concatenation.isText(registers[i])) {
                new Concatenation(execution, registers, first).upTo(last);
                return;
            }
        }
        long total = 0;
        for (int i = first; i <= last; i++) {
            LuaString text = Text.of(registers[i]);
            registers[i] = text;
            total += text.m_length;
        }
        if (total > Execution.LARGE_STRING) {
            // LuaJ would allocate several times as much.
            new Concatenation(execution, registers, first).upTo(last);
        }
    }
}
