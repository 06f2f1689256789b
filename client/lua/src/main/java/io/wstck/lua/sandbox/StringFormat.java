package io.wstck.lua.sandbox;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaToString;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Implements {@code string.format}, with the results of C. {@code %s} takes any value, as in Lua 5.2. */
final class StringFormat {
    private static final String NAME = "format";

    private final Varargs arguments;
    private final LuaStringBuilder builder;
    private int next = 2;

    private StringFormat(ScriptExecution execution, Varargs arguments) {
        this.arguments = arguments;
        builder = new LuaStringBuilder(execution, "string." + NAME);
    }

    static LuaValue format(ScriptExecution execution, Varargs arguments) {
        return new StringFormat(execution, arguments).run(LuaArguments.string(arguments, 1, NAME));
    }

    private LuaValue run(LuaString format) {
        int at = 0;
        while (at < format.m_length) {
            int c = format.luaByte(at++);
            if (c != '%') {
                builder.add((byte) c);
            } else if (at < format.m_length && format.luaByte(at) == '%') {
                builder.add((byte) '%');
                at++;
            } else {
                FormatDirective directive = FormatDirective.parse(format, at);
                add(directive);
                at = directive.end();
            }
        }
        return builder.string();
    }

    private void add(FormatDirective directive) {
        switch (directive.conversion()) {
            case 'd', 'i' -> text(directive.integer(number()));
            case 'u', 'x', 'X', 'o' -> text(directive.unsigned(number()));
            case 'e', 'E', 'f', 'g', 'G' -> text(directive.floating(number()));
            case 'c' -> directive.addTo(builder, LuaStrings.of(new byte[] {(byte) (int) number()}));
            case 's' -> directive.addTo(builder, LuaToString.of(LuaArguments.any(arguments, next++, NAME)));
            case 'q' -> quote(LuaArguments.string(arguments, next++, NAME));
            default -> throw directive.invalid();
        }
    }

    private double number() {
        return LuaArguments.number(arguments, next++, NAME);
    }

    private void text(String ascii) {
        builder.add(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private void quote(LuaString string) {
        builder.add((byte) '"');
        for (int i = 0; i < string.m_length; i++) {
            int c = string.luaByte(i);
            switch (c) {
                case '"', '\\', '\n' -> {
                    builder.add((byte) '\\');
                    builder.add((byte) c);
                }
                case '\r' -> text("\\r");
                case 0 -> text("\\000");
                default -> builder.add((byte) c);
            }
        }
        builder.add((byte) '"');
    }
}
