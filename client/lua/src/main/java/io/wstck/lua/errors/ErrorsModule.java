package io.wstck.lua.errors;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import java.util.Arrays;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The Lua module {@code errors} (clauses errors.is, errors.methods): the kinds, {@code errors.new}, {@code errors.is}.
 */
public final class ErrorsModule implements LuaModule {
    /** Makes the module. */
    public ErrorsModule() {}

    private static final int MAX_KIND_LENGTH = 32;

    @Override
    public String name() {
        return "errors";
    }

    @Override
    public Visibility visibility() {
        return Visibility.GLOBAL_AND_REQUIRE;
    }

    @Override
    public LuaValue load(LuaSession session) {
        LuaTable module = new LuaTable();
        for (ErrorKind kind : ErrorKind.values()) {
            module.rawset(LuaStrings.of(kind.word()), LuaStrings.of(kind.word()));
        }
        put(module, "new", ErrorsModule::create);
        put(module, "is", ErrorsModule::is);
        return module;
    }

    private static Varargs create(Varargs arguments) {
        if (arguments.arg1() instanceof LuaString message) {
            return LuaErrors.error(ErrorKind.UNKNOWN, text(message), false);
        }
        if (!(arguments.arg1() instanceof LuaTable fields)) {
            throw LuaArguments.typeError(arguments, 1, "new", "string or table");
        }
        if (!(fields.get("message") instanceof LuaString message)) {
            throw LuaArguments.badArgument(1, "new", "field 'message' must be a string");
        }
        LuaValue kind = fields.get("kind");
        ErrorKind known = kind.isnil()
                ? ErrorKind.UNKNOWN
                : kindOf(kind)
                        .orElseThrow(() -> LuaArguments.badArgument(
                                1,
                                "new",
                                "field 'kind' must be one of the kinds of errors, got " + LuaStrings.show(kind)));
        return LuaErrors.error(known, text(message), fields.get("retryable").toboolean(), fields.get("details"));
    }

    private static String text(LuaString message) {
        if (message.m_length > LuaStrings.MAX_TEXT_BYTES) {
            throw LuaArguments.badArgument(
                    1,
                    "new",
                    "a message of at most " + LuaStrings.MAX_TEXT_BYTES + " bytes expected, got " + message.m_length);
        }
        return LuaStrings.text(message);
    }

    private static Varargs is(Varargs arguments) {
        LuaValue error = arguments.arg1();
        boolean same = LuaErrors.isError(error)
                && kindOf(arguments.arg(2)).stream().anyMatch(kind -> kind == LuaErrors.kind(error));
        return LuaValue.valueOf(same);
    }

    private static Optional<ErrorKind> kindOf(LuaValue value) {
        return value instanceof LuaString name && name.m_length <= MAX_KIND_LENGTH
                ? Arrays.stream(ErrorKind.values())
                        .filter(kind -> kind.word().equals(LuaStrings.text(name)))
                        .findFirst()
                : Optional.empty();
    }
}
