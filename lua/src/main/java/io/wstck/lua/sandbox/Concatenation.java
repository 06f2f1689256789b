package io.wstck.lua.sandbox;

import org.luaj.vm2.Buffer;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The operator {@code ..} where the result is long, or an operand is neither a string nor a number. LuaJ would join what the
 * metamethods return without a look at its length. So the result is made here, and each operand is replaced by a value that gives it to LuaJ.
 */
final class Concatenation {
    private static final String OPERATION = "concatenation";

    private final Execution execution;
    private final LuaValue[] registers;
    private final int first;

    Concatenation(Execution execution, LuaValue[] registers, int first) {
        this.execution = execution;
        this.registers = registers;
        this.first = first;
    }

    /** Concatenates the registers up to that one, from right to left, as Lua does. */
    void upTo(int last) {
        LuaValue result = registers[last];
        for (int left = last - 1; left >= first; left--) {
            if (isText(result) && isText(registers[left])) {
                int begin = left;
                while (begin > first && isText(registers[begin - 1])) {
                    begin--;
                }
                result = joined(begin, left, result);
                left = begin;
            } else {
                result = registers[left].concatmt(result);
            }
        }
        Result operand = new Result(result);
        for (int i = first; i <= last; i++) {
            registers[i] = operand;
        }
    }

    private LuaString joined(int begin, int end, LuaValue tail) {
        LuaString[] texts = new LuaString[end - begin + 2];
        for (int i = begin; i <= end; i++) {
            texts[i - begin] = Text.of(registers[i]);
        }
        texts[texts.length - 1] = Text.of(tail);
        return joined(execution, texts);
    }

    /** Texts, one after the other. */
    static LuaString joined(Execution execution, LuaString... texts) {
        long total = 0;
        for (LuaString text : texts) {
            total += text.m_length;
        }
        Output output = new Output(execution, OPERATION);
        output.expect(total);
        for (LuaString text : texts) {
            output.add(text);
        }
        return output.string();
    }

    static boolean isText(LuaValue value) {
        return value instanceof LuaString || value instanceof LuaNumber;
    }

    /** An operand that makes LuaJ's instruction return a value. It lives for that instruction only. */
    private static final class Result extends LuaValue {
        private final LuaValue value;

        Result(LuaValue value) {
            this.value = value;
        }

        @Override
        public int type() {
            return value.type();
        }

        @Override
        public String typename() {
            return value.typename();
        }

        @Override
        public LuaValue concat(LuaValue right) {
            return value;
        }

        @Override
        public Buffer buffer() {
            return new Buffer(value);
        }

        @Override
        public Buffer concat(Buffer right) {
            return right;
        }
    }
}
