package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LoopGuard;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaToString;
import io.wstck.lua.sandbox.PatternMatcher.Span;
import java.util.Optional;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of the library {@code string} that take a pattern. */
final class PatternFunctions {
    private static final String SPECIALS = "^$*+?.([%-";

    private final ScriptExecution execution;

    PatternFunctions(ScriptExecution execution) {
        this.execution = execution;
    }

    void install(LuaTable library) {
        put(library, "find", this::find);
        put(library, "match", this::match);
        put(library, "gmatch", this::gmatch);
        put(library, "gsub", this::gsub);
    }

    private Varargs find(Varargs arguments) {
        LuaString subject = LuaArguments.string(arguments, 1, "find");
        LuaString source = LuaArguments.string(arguments, 2, "find");
        int from = start(arguments, subject, "find");
        if (arguments.arg(4).toboolean() || !hasSpecials(source)) {
            int at = plain(subject, source, from);
            return at < 0
                    ? LuaValue.NIL
                    : LuaValue.varargsOf(LuaValue.valueOf(at + 1), LuaValue.valueOf(at + source.m_length));
        }
        PatternMatcher matcher =
                new PatternMatcher(execution, subject, LuaPattern.compile(source, true, LoopGuard.of(execution)));
        return matcher.find(from)
                .map(span -> LuaValue.varargsOf(
                        LuaValue.valueOf(span.start() + 1), LuaValue.valueOf(span.end()), matcher.explicitCaptures()))
                .orElse(LuaValue.NIL);
    }

    private Varargs match(Varargs arguments) {
        LuaString subject = LuaArguments.string(arguments, 1, "match");
        LuaString source = LuaArguments.string(arguments, 2, "match");
        int from = start(arguments, subject, "match");
        PatternMatcher matcher =
                new PatternMatcher(execution, subject, LuaPattern.compile(source, true, LoopGuard.of(execution)));
        return matcher.find(from).map(matcher::captures).orElse(LuaValue.NIL);
    }

    private Varargs gmatch(Varargs arguments) {
        LuaString subject = LuaArguments.string(arguments, 1, "gmatch");
        LuaPattern pattern =
                LuaPattern.compile(LuaArguments.string(arguments, 2, "gmatch"), false, LoopGuard.of(execution));
        PatternMatcher matcher = new PatternMatcher(execution, subject, pattern);
        int[] next = {0};
        return LuaFunctions.of("gmatch", none -> {
            Optional<Span> found = matcher.find(next[0]);
            found.ifPresent(span -> next[0] = span.end() == span.start() ? span.end() + 1 : span.end());
            return found.map(matcher::captures).orElse(LuaValue.NONE);
        });
    }

    private Varargs gsub(Varargs arguments) {
        LuaString subject = LuaArguments.string(arguments, 1, "gsub");
        LuaPattern pattern =
                LuaPattern.compile(LuaArguments.string(arguments, 2, "gsub"), true, LoopGuard.of(execution));
        LuaValue replacement = replacement(arguments);
        int most = LuaArguments.integer(arguments, 4, "gsub", Integer.MAX_VALUE);
        PatternMatcher matcher = new PatternMatcher(execution, subject, pattern);
        LuaStringBuilder builder = new LuaStringBuilder(execution, "string.gsub");
        LoopGuard guard = LoopGuard.of(execution);
        int at = 0;
        int count = 0;
        while (count < most) {
            guard.step();
            Optional<Span> found = matcher.matchAt(at);
            if (found.isPresent()) {
                count++;
                addReplacement(builder, matcher, found.get(), replacement);
            }
            if (found.isPresent() && found.get().end() > at) {
                at = found.get().end();
            } else if (at < subject.m_length) {
                builder.add((byte) subject.luaByte(at++));
            } else {
                break;
            }
            if (pattern.anchored()) {
                break;
            }
        }
        builder.add(subject, Math.min(at, subject.m_length), subject.m_length);
        return LuaValue.varargsOf(builder.string(), LuaValue.valueOf(count));
    }

    private static LuaValue replacement(Varargs arguments) {
        LuaValue value = arguments.arg(3);
        return switch (value.type()) {
            case LuaValue.TSTRING, LuaValue.TTABLE, LuaValue.TFUNCTION -> value;
            case LuaValue.TNUMBER -> LuaToString.of(value);
            default -> throw LuaArguments.typeError(arguments, 3, "gsub", "string/function/table");
        };
    }

    private static void addReplacement(
            LuaStringBuilder builder, PatternMatcher matcher, Span span, LuaValue replacement) {
        if (replacement instanceof LuaString template) {
            addTemplate(builder, matcher, span, template);
            return;
        }
        LuaValue value = replacement.isfunction()
                ? replacement.invoke(matcher.captures(span)).arg1()
                : field(replacement, matcher.capture(span, 1));
        if (!value.toboolean()) {
            builder.add((LuaString) matcher.capture(span, 0));
        } else if (value instanceof LuaString || value instanceof LuaNumber) {
            builder.add(LuaToString.of(value));
        } else {
            throw new LuaError("invalid replacement value (a " + value.typename() + ")");
        }
    }

    private static LuaValue field(LuaValue table, LuaValue key) {
        ExecutionHook.checkKey(key);
        return table.get(key);
    }

    private static void addTemplate(LuaStringBuilder builder, PatternMatcher matcher, Span span, LuaString template) {
        for (int i = 0; i < template.m_length; i++) {
            int c = template.luaByte(i);
            if (c != '%' || i + 1 == template.m_length) {
                builder.add((byte) c);
                continue;
            }
            int letter = template.luaByte(++i);
            if (letter >= '0' && letter <= '9') {
                builder.add(LuaToString.of(matcher.capture(span, letter - '0')));
            } else {
                builder.add((byte) letter);
            }
        }
    }

    /** Returns the start index, from 0; as in Lua 5.1 at most the length. */
    private static int start(Varargs arguments, LuaString subject, String function) {
        int init = LuaArguments.integer(arguments, 3, function, 1);
        if (init > 0) {
            return Math.min(init - 1, subject.m_length);
        }
        return init == 0 ? 0 : Math.max(0, subject.m_length + init);
    }

    private boolean hasSpecials(LuaString source) {
        LoopGuard guard = LoopGuard.of(execution);
        for (int i = 0; i < source.m_length; i++) {
            guard.step();
            if (SPECIALS.indexOf(source.luaByte(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private int plain(LuaString subject, LuaString wanted, int from) {
        if (wanted.m_length == 0) {
            return from;
        }
        LoopGuard guard = LoopGuard.of(execution);
        int first = wanted.luaByte(0);
        int last = subject.m_length - wanted.m_length;
        long compared = 0;
        for (int at = from; at <= last; at++) {
            guard.step();
            if (subject.luaByte(at) != first) {
                continue;
            }
            int same = StoppableComparison.mismatch(subject, at, wanted, wanted.m_length, guard);
            if (same == wanted.m_length) {
                return at;
            }
            compared += same;
            if (compared > ScriptExecution.LARGE_STRING) {
                guard.check();
                compared = 0;
            }
        }
        return -1;
    }
}
