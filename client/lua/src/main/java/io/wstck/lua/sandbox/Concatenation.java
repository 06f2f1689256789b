package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaToString;
import org.luaj.vm2.Buffer;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Computes the operator {@code ..} before LuaJ's instruction, if the result is long, or an operand is neither a string
 * nor a number. LuaJ would join results of metamethods without a check of their length. This class makes the result,
 * then replaces each operand by a value that returns the result to LuaJ.
 */
public final class Concatenation {
    private static final String OPERATION = "concatenation";

    private final ScriptExecution execution;
    private final LuaValue[] registers;
    private final int first;

    Concatenation(ScriptExecution execution, LuaValue[] registers, int first) {
        this.execution = execution;
        this.registers = registers;
        this.first = first;
    }

    /** Concatenates the registers up to {@code last}, from right to left, as Lua does. */
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
        PreparedResult operand = new PreparedResult(result);
        for (int i = first; i <= last; i++) {
            registers[i] = operand;
        }
    }

    private LuaString joined(int begin, int end, LuaValue tail) {
        LuaString[] texts = new LuaString[end - begin + 2];
        for (int i = begin; i <= end; i++) {
            texts[i - begin] = LuaToString.of(registers[i]);
        }
        texts[texts.length - 1] = LuaToString.of(tail);
        return joined(execution, texts);
    }

    /** Returns the texts of two values, joined, within the limits of the session that the calling thread runs. */
    public static LuaString joined(LuaValue left, LuaValue right) {
        return ScriptExecution.current()
                .map(execution -> joined(execution, LuaToString.of(left), LuaToString.of(right)))
                .orElseGet(() -> LuaStrings.of(LuaStrings.show(left) + LuaStrings.show(right)));
    }

    /** Returns texts, joined. */
    static LuaString joined(ScriptExecution execution, LuaString... texts) {
        long total = 0;
        for (LuaString text : texts) {
            total += text.m_length;
        }
        LuaStringBuilder builder = new LuaStringBuilder(execution, OPERATION);
        builder.ensureRoom(total);
        for (LuaString text : texts) {
            builder.add(text);
        }
        return builder.string();
    }

    static boolean isText(LuaValue value) {
        return value instanceof LuaString || value instanceof LuaNumber;
    }

    /** An operand that makes LuaJ's instruction return a given value. It is used for that instruction only. */
    private static final class PreparedResult extends LuaValue {
        private final LuaValue value;

        PreparedResult(LuaValue value) {
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
