package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * Wraps a function written in Java that Lua code calls last, as in {@code return error("x")}, so that its errors name
 * the caller's line. LuaJ calls the function when the caller has returned. So the wrapper puts the caller back on the
 * stack for this call, as Lua does.
 */
final class TailCallWrapper extends VarArgFunction {
    private final ExecutionHook hook;
    private final LuaFunction function;
    private final LuaClosure caller;
    private final LuaValue[] registers;
    private final int counter;

    /** @param counter the instruction of the caller that makes the call */
    TailCallWrapper(ExecutionHook hook, LuaFunction function, LuaClosure caller, LuaValue[] registers, int counter) {
        this.hook = hook;
        this.function = function;
        this.caller = caller;
        this.registers = registers;
        this.counter = counter;
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        int depth = hook.stack().depth();
        hook.onCall(caller, arguments, registers);
        hook.stack().instruction(counter);
        try {
            return function.invoke(arguments);
        } catch (RaisedError error) {
            error.locate(hook.stack());
            throw error;
        } catch (LuaError error) {
            throw located(error);
        } finally {
            hook.unwindTo(depth);
        }
    }

    /** With the line of the caller, unless Lua code that the function has called raised it. */
    private LuaError located(LuaError error) {
        if (!ErrorReport.of(error).position().isEmpty() || error.getMessage() == null) {
            return error;
        }
        RaisedError located =
                new RaisedError(LuaStrings.of(hook.stack().position(1) + ": " + error.getMessage()), error.getCause());
        located.locate(hook.stack());
        return located;
    }
}
