package io.wstck.lua.sandbox;

import io.wstck.lua.LuaCompiler;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/**
 * The stack of Lua calls of one coroutine. Only the thread that runs it writes; other threads read without a lock, and
 * only in {@link #innermost}.
 */
final class LuaCallStack {
    private static final int MAX_SHOWN_CALLS = 20;

    private LuaClosure[] closures = new LuaClosure[16];
    private LuaValue[][] registers = new LuaValue[16][];
    private int[] counters = new int[16];
    private int depth;

    /**
     * The calls that were left last in a row, innermost first. After an error these are the calls that it has unwound.
     */
    private final LuaClosure[] unwound = new LuaClosure[MAX_SHOWN_CALLS];

    private final int[] unwoundCounters = new int[MAX_SHOWN_CALLS];
    private int unwoundCount;
    /** The instruction of the caller when the last of them was left. */
    private int callerCounter;

    int depth() {
        return depth;
    }

    void push(LuaClosure closure, LuaValue[] stack) {
        if (depth == closures.length) {
            closures = Arrays.copyOf(closures, depth * 2);
            registers = Arrays.copyOf(registers, depth * 2);
            counters = Arrays.copyOf(counters, depth * 2);
        }
        closures[depth] = closure;
        registers[depth] = stack;
        counters[depth] = 0;
        depth++;
        unwoundCount = 0;
    }

    void pop() {
        if (depth > 0) {
            depth--;
            addUnwound(closures[depth], counters[depth]);
            closures[depth] = null;
            registers[depth] = null;
        }
    }

    private void addUnwound(LuaClosure closure, int counter) {
        if (counter != callerCounter) {
            unwoundCount = 0;
        }
        if (unwoundCount < MAX_SHOWN_CALLS) {
            unwound[unwoundCount] = closure;
            unwoundCounters[unwoundCount] = counter;
            unwoundCount++;
        }
        callerCounter = depth > 0 ? counters[depth - 1] : 0;
    }

    void unwindTo(int target) {
        while (depth > target) {
            pop();
        }
    }

    /** Records the current instruction, and returns it. */
    int instruction(int pc) {
        counters[depth - 1] = pc;
        return closures[depth - 1].p.code[pc];
    }

    LuaClosure closure() {
        return closures[depth - 1];
    }

    LuaValue[] registers() {
        return registers[depth - 1];
    }

    /** Returns the value of an upvalue of the innermost call. */
    LuaValue upvalue(int index) {
        return closures[depth - 1].upValues[index].getValue();
    }

    /** Returns a constant of the innermost call. */
    LuaValue constant(int index) {
        return closures[depth - 1].p.k[index];
    }

    /** Returns the prefix that LuaJ adds to a message raised in the innermost call. */
    String luajPrefix() {
        Prototype prototype = closures[depth - 1].p;
        return prototype.source.tojstring() + ":" + line(prototype, counters[depth - 1]);
    }

    /** Returns the line of a call; level 1 is the innermost. Empty when there is no such call. */
    String position(int level) {
        int index = depth - level;
        return index < 0 || index >= depth ? "" : format(closures[index].p, counters[index]);
    }

    /** Why the innermost call fails at its operands, see {@link OperandErrorMessage}. */
    Optional<String> complaint() {
        return OperandErrorMessage.complaint(closures[depth - 1], counters[depth - 1], registers[depth - 1]);
    }

    /**
     * Returns the innermost line in a chunk whose name {@code chunks} accepts; empty when there is none. Any thread may
     * call it.
     */
    String innermost(Predicate<String> chunks) {
        LuaClosure[] seen = closures;
        int[] seenCounters = counters;
        for (int index = Math.min(depth, Math.min(seen.length, seenCounters.length)) - 1; index >= 0; index--) {
            LuaClosure closure = seen[index];
            if (closure != null && chunks.test(LuaCompiler.shortName(closure.p.source))) {
                return format(closure.p, seenCounters[index]);
            }
        }
        return "";
    }

    String traceback() {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(depth, MAX_SHOWN_CALLS);
        for (int level = 1; level <= shown; level++) {
            text.append(level == 1 ? "" : "\n").append(call(closures[depth - level].p, counters[depth - level]));
        }
        if (depth > shown) {
            text.append("\n... ").append(depth - shown).append(" more");
        }
        return text.toString();
    }

    /**
     * Returns the line of an error that has already unwound these calls. LuaJ unwinds them before the host catches an
     * error of the JVM.
     */
    String unwoundPosition() {
        return unwoundCount == 0 ? "" : format(unwound[0].p, unwoundCounters[0]);
    }

    /** Returns the lines of the calls that such an error has unwound, innermost first. */
    String unwoundTraceback() {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < unwoundCount; index++) {
            text.append(index == 0 ? "" : "\n").append(call(unwound[index].p, unwoundCounters[index]));
        }
        return text.toString();
    }

    private static String call(Prototype prototype, int pc) {
        return format(prototype, pc) + ": in "
                + (prototype.linedefined == 0 ? "main chunk" : "function <line " + prototype.linedefined + ">");
    }

    private static String format(Prototype prototype, int pc) {
        return LuaCompiler.shortName(prototype.source) + ":" + line(prototype, pc);
    }

    private static String line(Prototype prototype, int pc) {
        int[] lines = prototype.lineinfo;
        return lines != null && pc >= 0 && pc < lines.length ? Integer.toString(lines[pc]) : "?";
    }
}
