package io.wstck.lua.sandbox;

import io.wstck.lua.LoopGuard;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;

/**
 * A compiled Lua pattern (Lua 5.1 reference manual, section 5.4.1).
 *
 * @param anchored whether the pattern begins with {@code ^}
 * @param items the parts of the pattern, in order
 */
record LuaPattern(boolean anchored, List<Item> items) {
    /** The parts of a pattern. */
    sealed interface Item {
        record Single(ByteSet set, Repetition repetition) implements Item {}

        record CaptureStart() implements Item {}

        record CaptureEnd() implements Item {}

        record CapturePosition() implements Item {}

        record BackReference(int capture) implements Item {}

        record Balanced(int open, int close) implements Item {}

        record Frontier(ByteSet set) implements Item {}

        record End() implements Item {}
    }

    /** How often a character class matches. */
    enum Repetition {
        ONCE,
        OPTIONAL,
        GREEDY,
        GREEDY_NOT_EMPTY,
        LAZY
    }

    static LuaPattern compile(LuaString source, boolean anchorAllowed, LoopGuard guard) {
        return new Compiler(source, guard).compile(anchorAllowed);
    }

    /** Parses a pattern from left to right. */
    private static final class Compiler {
        private final LuaString source;
        private final LoopGuard guard;
        private final List<Item> items = new ArrayList<>();
        private int at;

        Compiler(LuaString source, LoopGuard guard) {
            this.source = source;
            this.guard = guard;
        }

        LuaPattern compile(boolean anchorAllowed) {
            boolean anchored = anchorAllowed && peek() == '^';
            if (anchored) {
                at++;
            }
            while (at < source.m_length) {
                guard.step();
                items.add(item());
            }
            return new LuaPattern(anchored, List.copyOf(items));
        }

        private Item item() {
            int c = source.luaByte(at);
            if (c == '(') {
                at++;
                if (peek() == ')') {
                    at++;
                    return new Item.CapturePosition();
                }
                return new Item.CaptureStart();
            }
            if (c == ')') {
                at++;
                return new Item.CaptureEnd();
            }
            if (c == '$' && at + 1 == source.m_length) {
                at++;
                return new Item.End();
            }
            return c == '%' ? escaped() : repeated(set());
        }

        private Item escaped() {
            int letter = at + 1 < source.m_length ? source.luaByte(at + 1) : -1;
            if (letter == 'b') {
                if (at + 3 >= source.m_length) {
                    throw malformed("missing arguments to '%' and 'b'");
                }
                at += 4;
                return new Item.Balanced(source.luaByte(at - 2), source.luaByte(at - 1));
            }
            if (letter == 'f') {
                at += 2;
                if (peek() != '[') {
                    throw malformed("missing '[' after '%' and 'f'");
                }
                return new Item.Frontier(set());
            }
            if (letter >= '0' && letter <= '9') {
                at += 2;
                return new Item.BackReference(letter - '1');
            }
            return repeated(set());
        }

        private Item repeated(ByteSet set) {
            Repetition repetition = switch (peek()) {
                case '?' -> Repetition.OPTIONAL;
                case '*' -> Repetition.GREEDY;
                case '+' -> Repetition.GREEDY_NOT_EMPTY;
                case '-' -> Repetition.LAZY;
                default -> Repetition.ONCE;
            };
            if (repetition != Repetition.ONCE) {
                at++;
            }
            return new Item.Single(set, repetition);
        }

        private ByteSet set() {
            int c = source.luaByte(at++);
            return switch (c) {
                case '.' -> ByteSet.ALL;
                case '%' -> ByteSet.classOf(escapedLetter());
                case '[' -> bracketed();
                default -> ByteSet.single(c);
            };
        }

        private int escapedLetter() {
            if (at >= source.m_length) {
                throw malformed("ends with '%'");
            }
            return source.luaByte(at++);
        }

        private ByteSet bracketed() {
            boolean negated = peek() == '^';
            if (negated) {
                at++;
            }
            List<ByteSet> parts = new ArrayList<>();
            do {
                if (at >= source.m_length) {
                    throw malformed("missing ']'");
                }
                guard.step();
                parts.add(member());
            } while (peek() != ']');
            at++;
            ByteSet listed = ByteSet.union(parts);
            return negated ? listed.complement() : listed;
        }

        private ByteSet member() {
            int low = source.luaByte(at++);
            if (low == '%') {
                return ByteSet.classOf(escapedLetter());
            }
            boolean range = peek() == '-' && at + 1 < source.m_length && source.luaByte(at + 1) != ']';
            if (!range) {
                return ByteSet.single(low);
            }
            int high = source.luaByte(at + 1);
            at += 2;
            return ByteSet.range(low, high);
        }

        private static LuaError malformed(String complaint) {
            return new LuaError("malformed pattern (" + complaint + ")");
        }

        private int peek() {
            return at < source.m_length ? source.luaByte(at) : -1;
        }
    }
}
