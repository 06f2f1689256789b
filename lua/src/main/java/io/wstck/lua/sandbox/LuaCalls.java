package io.wstck.lua.sandbox;

import java.util.Arrays;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/** The Lua calls of one coroutine. Written by the thread that runs it; read by others without a lock, for {@link #top} only. */
final class LuaCalls {
    private static final int SHOWN_CALLS = 20;

    private Prototype[] prototypes = new Prototype[16];
    private LuaValue[][] registers = new LuaValue[16][];
    private int[] counters = new int[16];
    private int depth;

    int depth() {
        return depth;
    }

    void push(LuaClosure closure, LuaValue[] stack) {
        if (depth == prototypes.length) {
            prototypes = Arrays.copyOf(prototypes, depth * 2);
            registers = Arrays.copyOf(registers, depth * 2);
            counters = Arrays.copyOf(counters, depth * 2);
        }
        prototypes[depth] = closure.p;
        registers[depth] = stack;
        counters[depth] = 0;
        depth++;
    }

    void pop() {
        if (depth > 0) {
            depth--;
            prototypes[depth] = null;
            registers[depth] = null;
        }
    }

    void unwindTo(int target) {
        while (depth > target) {
            pop();
        }
    }

    /** Notes the instruction being run, and returns it. */
    int instruction(int pc) {
        counters[depth - 1] = pc;
        return prototypes[depth - 1].code[pc];
    }

    LuaValue[] registers() {
        return registers[depth - 1];
    }

    /** What LuaJ puts before a message that is raised in the innermost call. */
    String rawPrefix() {
        Prototype prototype = prototypes[depth - 1];
        return prototype.source.tojstring() + ":" + line(prototype, counters[depth - 1]);
    }

    /** The line of a call, level 1 being the innermost; empty when there is no such call. */
    String position(int level) {
        int index = depth - level;
        return index < 0 || index >= depth ? "" : format(prototypes[index], counters[index]);
    }

    /** The innermost line, for any thread. */
    String top() {
        int index = depth - 1;
        Prototype[] seen = prototypes;
        int[] seenCounters = counters;
        if (index < 0 || index >= seen.length || index >= seenCounters.length) {
            return "";
        }
        Prototype prototype = seen[index];
        return prototype == null ? "" : format(prototype, seenCounters[index]);
    }

    String traceback() {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(depth, SHOWN_CALLS);
        for (int level = 1; level <= shown; level++) {
            Prototype prototype = prototypes[depth - level];
            text.append(level == 1 ? "" : "\n").append(position(level)).append(": in ");
            text.append(prototype.linedefined == 0 ? "main chunk" : "function <line " + prototype.linedefined + ">");
        }
        if (depth > shown) {
            text.append("\n... ").append(depth - shown).append(" more");
        }
        return text.toString();
    }

    private static String format(Prototype prototype, int pc) {
        return Chunk.shortName(prototype.source) + ":" + line(prototype, pc);
    }

    private static String line(Prototype prototype, int pc) {
        int[] lines = prototype.lineinfo;
        return lines != null && pc >= 0 && pc < lines.length ? Integer.toString(lines[pc]) : "?";
    }
}
