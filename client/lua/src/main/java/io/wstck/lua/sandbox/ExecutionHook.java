package io.wstck.lua.sandbox;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaToString;
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

/**
 * The hook that LuaJ calls before every instruction. It ends a script that is stopped or over its limits, and corrects
 * instructions that LuaJ runs wrongly.
 */
final class ExecutionHook extends DebugLib {
    private static final int INSTRUCTIONS_PER_CHECK = 2048;
    private static final int FIRST_CONSTANT = 0x100;

    /**
     * The longest string that may be a key, in bytes. A table compares a key with all keys of the same hash, and cannot
     * be stopped meanwhile. A script can choose keys of the same hash, so keys must be short.
     */
    private static final int MAX_KEY_BYTES = 64 * 1024;

    private final ScriptExecution execution;
    private volatile LuaCallStack stack = new LuaCallStack();

    /** Threads of coroutines that end without having control. Calls that they leave are not on {@link #stack}. */
    private final Set<Thread> threadsWithoutControl = ConcurrentHashMap.newKeySet();

    private final TableSizeLimit tableSizeLimit = new TableSizeLimit();
    private final StringComparisonOperators comparison;
    private int instructions;

    ExecutionHook(ScriptExecution execution) {
        this.execution = execution;
        comparison = new StringComparisonOperators(execution);
    }

    TableSizeLimit tableSizeLimit() {
        return tableSizeLimit;
    }

    LuaCallStack stack() {
        return stack;
    }

    void switchTo(LuaCallStack other) {
        stack = other;
    }

    /**
     * Records that the calling thread ends without having control. Until {@link #ended}, its returns do not change the
     * stack.
     */
    void endWithoutControl() {
        threadsWithoutControl.add(Thread.currentThread());
    }

    /** Records that the calling thread has left all of its calls. */
    void ended() {
        threadsWithoutControl.remove(Thread.currentThread());
    }

    private boolean hasControl() {
        return threadsWithoutControl.isEmpty() || !threadsWithoutControl.contains(Thread.currentThread());
    }

    void unwindTo(int depth) {
        if (hasControl()) {
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
            throw execution.termination(
                    LuaFailure.Kind.STACK_OVERFLOW,
                    "stack overflow: more than " + execution.limits().callDepth() + " nested calls");
        }
        stack.push(closure, registers);
    }

    @Override
    public void onReturn() {
        if (hasControl()) {
            stack.pop();
        }
    }

    @Override
    public void onInstruction(int pc, Varargs values, int top) {
        if (comparison.pending()) {
            comparison.restore();
        }
        LuaCallStack current = stack;
        int instruction = current.instruction(pc);
        execution.checkStop();
        if (++instructions % INSTRUCTIONS_PER_CHECK == 0) {
            execution.checkMemory();
            StringMetatable.ensureInstalled();
        }
        switch (instruction & 0x3f) {
            case Lua.OP_CONCAT -> beforeConcat(current.registers(), instruction >>> 23, instruction >> 14 & 0x1ff);
            case Lua.OP_TAILCALL -> beforeTailCall(current, pc, instruction >> 6 & 0xff);
            case Lua.OP_SELF -> StringMetatable.ensureInstalled();
            case Lua.OP_GETTABLE -> {
                StringMetatable.ensureInstalled();
                checkKey(value(current, instruction >> 14 & 0x1ff));
            }
            case Lua.OP_SETTABLE -> {
                checkKey(value(current, instruction >>> 23));
                tableSizeLimit.checkBeforeSet(current.registers()[instruction >> 6 & 0xff]);
            }
            case Lua.OP_GETTABUP -> checkKey(value(current, instruction >> 14 & 0x1ff));
            case Lua.OP_SETTABUP -> {
                checkKey(value(current, instruction >>> 23));
                tableSizeLimit.checkBeforeSet(current.upvalue(instruction >> 6 & 0xff));
            }
            case Lua.OP_EQ, Lua.OP_LT, Lua.OP_LE -> comparison.before(instruction, current);
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

    /** Returns the operand of an instruction: a register, or a constant. */
    private static LuaValue value(LuaCallStack calls, int operand) {
        return operand < FIRST_CONSTANT ? calls.registers()[operand] : calls.constant(operand & 0xff);
    }

    /** Refuses a long string as operand of arithmetic: LuaJ's conversion to a number cannot be stopped. */
    private static void beforeArithmetic(LuaValue operand) {
        if (operand instanceof LuaString string && string.m_length > ScriptExecution.LARGE_STRING) {
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
        if (key instanceof LuaString string && string.m_length > MAX_KEY_BYTES) {
            throw new LuaError(
                    "the key of a table is a string of at most " + MAX_KEY_BYTES + " bytes, got " + string.m_length);
        }
    }

    /** Reserves memory for {@code { ... }} and {@code { f() }}, which have as many elements as there are values. */
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
    private void beforeTailCall(LuaCallStack calls, int pc, int register) {
        LuaValue called = calls.registers()[register];
        if (!OperandErrorMessage.callable(called)) {
            throw new LuaError("attempt to call " + called.typename());
        }
        if (called instanceof LuaFunction function && !function.isclosure()) {
            calls.registers()[register] = new TailCallWrapper(this, function, calls.closure(), calls.registers(), pc);
        }
    }

    /** Bounds the result, and formats numbers as Lua does: LuaJ's concatenation converts them to float. */
    private void beforeConcat(LuaValue[] registers, int first, int last) {
        for (int i = first; i <= last; i++) {
            if (!Concatenation.isText(registers[i])) {
                new Concatenation(execution, registers, first).upTo(last);
                return;
            }
        }
        long total = 0;
        for (int i = first; i <= last; i++) {
            LuaString text = LuaToString.of(registers[i]);
            registers[i] = text;
            total += text.m_length;
        }
        if (total > Math.min(ScriptExecution.LARGE_STRING, execution.limits().stringBytes())) {
            // LuaJ would allocate several times as much, and knows no limit.
            new Concatenation(execution, registers, first).upTo(last);
        }
    }
}
