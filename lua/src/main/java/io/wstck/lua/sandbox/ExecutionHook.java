package io.wstck.lua.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.DebugLib;

/** LuaJ calls this before every instruction: the one place from which a script in a loop can be ended. */
final class ExecutionHook extends DebugLib {
    private static final int INSTRUCTIONS_PER_CHECK = 2048;

    private final Execution execution;
    private volatile LuaCalls stack = new LuaCalls();

    /** Threads of coroutines that end without having the turn: the calls that they leave are not on {@link #stack}. */
    private final Set<Thread> turnless = ConcurrentHashMap.newKeySet();

    private int instructions;

    ExecutionHook(Execution execution) {
        this.execution = execution;
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
        LuaCalls current = stack;
        int instruction = current.instruction(pc);
        execution.checkStop();
        if (++instructions % INSTRUCTIONS_PER_CHECK == 0) {
            execution.checkMemory();
        }
        switch (instruction & 0x3f) {
            case Lua.OP_CONCAT -> beforeConcat(current.registers(), instruction >>> 23, instruction >> 14 & 0x1ff);
            case Lua.OP_TAILCALL -> beforeTailCall(current.registers()[instruction >> 6 & 0xff]);
            default -> {}
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
        long total = 0;
        boolean plain = true;
        for (int i = first; i <= last; i++) {
            plain &= registers[i] instanceof LuaNumber || registers[i] instanceof LuaString;
        }
        for (int i = first; i <= last; i++) {
            if (plain && registers[i] instanceof LuaNumber number) {
                registers[i] = Numbers.format(number);
            }
            if (registers[i] instanceof LuaString string) {
                total += string.m_length;
            }
        }
        if (total > execution.limits().stringBytes()) {
            throw new LuaError(execution.tooLong("concatenation", total));
        }
        if (total > Execution.LARGE_STRING) {
            execution.checkMemory();
        }
    }
}
