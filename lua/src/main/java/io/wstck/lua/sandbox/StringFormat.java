package io.wstck.lua.sandbox;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.format}, with C's results; {@code %s} takes any value, as since Lua 5.2. */
final class StringFormat {
    private static final String NAME = "format";

    private final Varargs arguments;
    private final Output output;
    private int next = 2;

    private StringFormat(Execution execution, Varargs arguments) {
        this.arguments = arguments;
        output = new Output(execution, "string." + NAME);
    }

    static LuaValue format(Execution execution, Varargs arguments) {
        return new StringFormat(execution, arguments).run(LuaArguments.string(arguments, 1, NAME));
    }

    private LuaValue run(LuaString format) {
        int at = 0;
        while (at < format.m_length) {
            int c = format.luaByte(at++);
            if (c != '%') {
                output.add((byte) c);
            } else if (at < format.m_length && format.luaByte(at) == '%') {
                output.add((byte) '%');
                at++;
            } else {
                FormatDirective directive = FormatDirective.parse(format, at);
                add(directive);
                at = directive.end();
            }
        }
        return output.string();
    }

    private void add(FormatDirective directive) {
        switch (directive.conversion()) {
            case 'd', 'i' -> text(directive.integer(number()));
            case 'u', 'x', 'X', 'o' -> text(directive.unsigned(number()));
            case 'e', 'E', 'f', 'F', 'g', 'G' -> text(directive.floating(number()));
            case 'c' -> directive.addTo(output, LuaStrings.of(new byte[] {(byte) (int) number()}));
            case 's' -> directive.addTo(output, Text.of(LuaArguments.any(arguments, next++, NAME)));
            case 'q' -> quote(LuaArguments.string(arguments, next++, NAME));
            default -> throw directive.invalid();
        }
    }

    private double number() {
        return LuaArguments.number(arguments, next++, NAME);
    }

    private void text(String ascii) {
        output.add(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private void quote(LuaString string) {
        output.add((byte) '"');
        for (int i = 0; i < string.m_length; i++) {
            int c = string.luaByte(i);
            switch (c) {
                case '"', '\\', '\n' -> {
                    output.add((byte) '\\');
                    output.add((byte) c);
                }
                case '\r' -> text("\\r");
                case 0 -> text("\\000");
                default -> output.add((byte) c);
            }
        }
        output.add((byte) '"');
    }
}
