package io.wstck.lua.sandbox;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/** The Lua calls of one coroutine. Written by the thread that runs it; read by others without a lock, for {@link #innermost} only. */
final class LuaCalls {
    private static final int SHOWN_CALLS = 20;

    private LuaClosure[] closures = new LuaClosure[16];
    private LuaValue[][] registers = new LuaValue[16][];
    private int[] counters = new int[16];
    private int depth;

    /** The calls that were left last without going on in between, innermost first: those that an error unwinds. */
    private final LuaClosure[] left = new LuaClosure[SHOWN_CALLS];

    private final int[] leftCounters = new int[SHOWN_CALLS];
    private int leftSize;
    /** The instruction at which the caller of the last of them was then. */
    private int calledAt;

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
        leftSize = 0;
    }

    void pop() {
        if (depth > 0) {
            depth--;
            leave(closures[depth], counters[depth]);
            closures[depth] = null;
            registers[depth] = null;
        }
    }

    private void leave(LuaClosure closure, int counter) {
        if (counter != calledAt) {
            leftSize = 0;
        }
        if (leftSize < SHOWN_CALLS) {
            left[leftSize] = closure;
            leftCounters[leftSize] = counter;
            leftSize++;
        }
        calledAt = depth > 0 ? counters[depth - 1] : 0;
    }

    void unwindTo(int target) {
        while (depth > target) {
            pop();
        }
    }

    /** Notes the instruction being run, and returns it. */
    int instruction(int pc) {
        counters[depth - 1] = pc;
        return closures[depth - 1].p.code[pc];
    }

    LuaValue[] registers() {
        return registers[depth - 1];
    }

    /** The value of an upvalue of the innermost call. */
    LuaValue upvalue(int index) {
        return closures[depth - 1].upValues[index].getValue();
    }

    /** A constant of the innermost call. */
    LuaValue constant(int index) {
        return closures[depth - 1].p.k[index];
    }

    /** What LuaJ puts before a message that is raised in the innermost call. */
    String rawPrefix() {
        Prototype prototype = closures[depth - 1].p;
        return prototype.source.tojstring() + ":" + line(prototype, counters[depth - 1]);
    }

    /** The line of a call, level 1 being the innermost; empty when there is no such call. */
    String position(int level) {
        int index = depth - level;
        return index < 0 || index >= depth ? "" : format(closures[index].p, counters[index]);
    }

    /** The name of the value that the innermost call fails at, see {@link FaultyValue}. */
    Optional<String> faultyValue() {
        return FaultyValue.name(closures[depth - 1], counters[depth - 1], registers[depth - 1]);
    }

    /** The innermost line in a chunk whose name {@code chunks} accepts, for any thread; empty when there is none. */
    String innermost(Predicate<String> chunks) {
        LuaClosure[] seen = closures;
        int[] seenCounters = counters;
        for (int index = Math.min(depth, Math.min(seen.length, seenCounters.length)) - 1; index >= 0; index--) {
            LuaClosure closure = seen[index];
            if (closure != null && chunks.test(Chunk.shortName(closure.p.source))) {
                return format(closure.p, seenCounters[index]);
            }
        }
        return "";
    }

    String traceback() {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(depth, SHOWN_CALLS);
        for (int level = 1; level <= shown; level++) {
            text.append(level == 1 ? "" : "\n").append(call(closures[depth - level].p, counters[depth - level]));
        }
        if (depth > shown) {
            text.append("\n... ").append(depth - shown).append(" more");
        }
        return text.toString();
    }

    /** Where an error came from that has already unwound these calls, as LuaJ does before anybody sees an error of the JVM's. */
    String leftAt() {
        return leftSize == 0 ? "" : format(left[0].p, leftCounters[0]);
    }

    /** The lines of the calls that such an error has unwound, innermost first. */
    String leftTraceback() {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < leftSize; index++) {
            text.append(index == 0 ? "" : "\n").append(call(left[index].p, leftCounters[index]));
        }
        return text.toString();
    }

    private static String call(Prototype prototype, int pc) {
        return format(prototype, pc) + ": in "
                + (prototype.linedefined == 0 ? "main chunk" : "function <line " + prototype.linedefined + ">");
    }

    private static String format(Prototype prototype, int pc) {
        return Chunk.shortName(prototype.source) + ":" + line(prototype, pc);
    }

    private static String line(Prototype prototype, int pc) {
        int[] lines = prototype.lineinfo;
        return lines != null && pc >= 0 && pc < lines.length ? Integer.toString(lines[pc]) : "?";
    }
}
