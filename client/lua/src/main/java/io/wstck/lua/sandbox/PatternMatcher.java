package io.wstck.lua.sandbox;

import io.wstck.lua.LoopGuard;
import java.util.Optional;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Matches one Lua pattern against one subject, by backtracking. A match can take time exponential in the pattern's
 * length, so the matcher checks for a stop every few thousand steps. Its depth is bounded, as in Lua.
 */
final class PatternMatcher {
    private static final int MAX_CAPTURES = 32;
    private static final int MAX_DEPTH = 200;
    private static final int FAILED = -1;
    private static final int OPEN = -1;
    private static final int POSITION = -2;

    private final LoopGuard guard;
    private final LuaString subject;
    private final LuaPattern pattern;
    private final int[] captureStart = new int[MAX_CAPTURES];
    private final int[] captureLength = new int[MAX_CAPTURES];
    private int captures;
    private int depth;

    PatternMatcher(ScriptExecution execution, LuaString subject, LuaPattern pattern) {
        guard = LoopGuard.of(execution);
        this.subject = subject;
        this.pattern = pattern;
    }

    /** The bounds of a match, from 0, the end excluded. */
    record Span(int start, int end) {}

    /** Returns the first match that begins at or after {@code from}. */
    Optional<Span> find(int from) {
        for (int start = from; start <= subject.m_length; start++) {
            Optional<Span> span = matchAt(start);
            if (span.isPresent() || pattern.anchored()) {
                return span;
            }
        }
        return Optional.empty();
    }

    /** Returns the match that begins at {@code start}, if any. */
    Optional<Span> matchAt(int start) {
        captures = 0;
        depth = 0;
        int end = match(start, 0);
        return end == FAILED ? Optional.empty() : Optional.of(new Span(start, end));
    }

    /** Returns the captures of the last match; the whole match when the pattern has none. */
    Varargs captures(Span span) {
        return captures == 0 ? whole(span) : explicitCaptures();
    }

    /** Returns the captures of the last match; nothing when the pattern has none. */
    Varargs explicitCaptures() {
        LuaValue[] values = new LuaValue[captures];
        for (int i = 0; i < captures; i++) {
            values[i] = capture(i);
        }
        return LuaValue.varargsOf(values);
    }

    /**
     * Returns one capture of the last match, from 1. 0 is the whole match, and so is 1 when the pattern has no
     * captures.
     */
    LuaValue capture(Span span, int number) {
        if (number == 0 || (number == 1 && captures == 0)) {
            return whole(span);
        }
        if (number > captures) {
            throw new LuaError("invalid capture index %" + number);
        }
        return capture(number - 1);
    }

    private LuaValue capture(int index) {
        int length = captureLength[index];
        if (length == OPEN) {
            throw new LuaError("unfinished capture");
        }
        if (length == POSITION) {
            return LuaValue.valueOf(captureStart[index] + 1);
        }
        reserve(length);
        byte[] bytes = new byte[length];
        subject.copyInto(captureStart[index], bytes, 0, length);
        return LuaString.valueUsing(bytes);
    }

    private LuaString whole(Span span) {
        reserve(span.end() - span.start());
        return subject.substring(span.start(), span.end());
    }

    private void reserve(int length) {
        if (length > ScriptExecution.LARGE_STRING) {
            guard.reserve(length);
        }
    }

    private int match(int start, int firstItem) {
        if (++depth > MAX_DEPTH) {
            throw new LuaError("pattern too complex");
        }
        try {
            int at = start;
            for (int item = firstItem; item < pattern.items().size(); item++) {
                step();
                switch (pattern.items().get(item)) {
                    case LuaPattern.Item.Single single
                    when single.repetition() == LuaPattern.Repetition.ONCE -> {
                        if (!accepts(single.set(), at)) {
                            return FAILED;
                        }
                        at++;
                    }
                    case LuaPattern.Item.Single single -> {
                        return repeated(single, at, item + 1);
                    }
                    case LuaPattern.Item.CaptureStart open -> {
                        return openCapture(at, item + 1, OPEN);
                    }
                    case LuaPattern.Item.CapturePosition position -> {
                        return openCapture(at, item + 1, POSITION);
                    }
                    case LuaPattern.Item.CaptureEnd close -> {
                        return closeCapture(at, item + 1);
                    }
                    case LuaPattern.Item.BackReference reference -> at = repeatCapture(reference.capture(), at);
                    case LuaPattern.Item.Balanced balanced -> at = balanced(balanced, at);
                    case LuaPattern.Item.Frontier frontier -> at = frontier(frontier.set(), at) ? at : FAILED;
                    case LuaPattern.Item.End end -> at = at == subject.m_length ? at : FAILED;
                }
                if (at == FAILED) {
                    return FAILED;
                }
            }
            return at;
        } finally {
            depth--;
        }
    }

    private int repeated(LuaPattern.Item.Single single, int start, int next) {
        return switch (single.repetition()) {
            case LAZY -> lazy(single.set(), start, next);
            case OPTIONAL -> greedy(start, accepts(single.set(), start) ? 1 : 0, 0, next);
            case GREEDY -> greedy(start, countMatches(single.set(), start), 0, next);
            case GREEDY_NOT_EMPTY -> greedy(start, countMatches(single.set(), start), 1, next);
            case ONCE -> throw new IllegalStateException("a single match does not repeat");
        };
    }

    private int countMatches(ByteSet set, int start) {
        int at = start;
        while (accepts(set, at)) {
            step();
            at++;
        }
        return at - start;
    }

    private int greedy(int start, int max, int min, int next) {
        for (int count = max; count >= min; count--) {
            int end = match(start + count, next);
            if (end != FAILED) {
                return end;
            }
        }
        return FAILED;
    }

    private int lazy(ByteSet set, int start, int next) {
        for (int at = start; ; at++) {
            int end = match(at, next);
            if (end != FAILED || !accepts(set, at)) {
                return end;
            }
        }
    }

    private int openCapture(int at, int next, int kind) {
        if (captures >= MAX_CAPTURES) {
            throw new LuaError("too many captures");
        }
        captureStart[captures] = at;
        captureLength[captures] = kind;
        captures++;
        int end = match(at, next);
        if (end == FAILED) {
            captures--;
        }
        return end;
    }

    private int closeCapture(int at, int next) {
        int index = captures - 1;
        while (index >= 0 && captureLength[index] != OPEN) {
            index--;
        }
        if (index < 0) {
            throw new LuaError("invalid pattern capture");
        }
        captureLength[index] = at - captureStart[index];
        int end = match(at, next);
        if (end == FAILED) {
            captureLength[index] = OPEN;
        }
        return end;
    }

    private int repeatCapture(int index, int at) {
        if (index < 0 || index >= captures || captureLength[index] == OPEN) {
            throw new LuaError("invalid capture index");
        }
        int length = captureLength[index];
        if (length == POSITION) {
            return FAILED;
        }
        for (int i = 0; i < length; i++) {
            step();
            if (at + i >= subject.m_length || subject.luaByte(at + i) != subject.luaByte(captureStart[index] + i)) {
                return FAILED;
            }
        }
        return at + length;
    }

    private int balanced(LuaPattern.Item.Balanced item, int start) {
        if (start >= subject.m_length || subject.luaByte(start) != item.open()) {
            return FAILED;
        }
        int nesting = 1;
        for (int at = start + 1; at < subject.m_length; at++) {
            step();
            int c = subject.luaByte(at);
            if (c == item.close()) {
                if (--nesting == 0) {
                    return at + 1;
                }
            } else if (c == item.open()) {
                nesting++;
            }
        }
        return FAILED;
    }

    private boolean frontier(ByteSet set, int at) {
        int before = at == 0 ? 0 : subject.luaByte(at - 1);
        int after = at < subject.m_length ? subject.luaByte(at) : 0;
        return !set.contains(before) && set.contains(after);
    }

    private boolean accepts(ByteSet set, int at) {
        return at < subject.m_length && set.contains(subject.luaByte(at));
    }

    private void step() {
        guard.step();
    }
}
