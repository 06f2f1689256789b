package io.wstck.lua.sandbox;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaToString;
import org.luaj.vm2.LuaError;

/** Makes the {@link LuaFailure} that tells the host program how a script ended. */
final class LuaFailureFactory {
    private LuaFailureFactory() {}

    static LuaFailure of(LuaError error) {
        ErrorReport report = ErrorReport.of(error);
        String text = LuaToString.javaString(report.value());
        // A string error has its position as a prefix. The prefix may differ from the place that raised the error last.
        ErrorReport.PositionedMessage positioned = ErrorReport.PositionedMessage.of(text, report.position());
        return new LuaFailure(
                LuaFailure.Kind.ERROR,
                positioned.message(),
                positioned.position(),
                report.traceback(),
                report.value(),
                error.getCause() == null ? error : error.getCause());
    }

    static LuaFailure of(ScriptTerminatedError end) {
        LuaFailure.Kind kind = switch (end.kind()) {
            case STOPPED -> LuaFailure.Kind.STOPPED;
            case STACK_OVERFLOW -> LuaFailure.Kind.STACK_OVERFLOW;
            case MEMORY -> LuaFailure.Kind.MEMORY;
        };
        return new LuaFailure(
                kind, end.getMessage(), end.position(), end.traceback(), LuaStrings.of(end.getMessage()), end);
    }
}
