package io.wstck.tck.implementation.calls;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import io.wstck.lua.json.LuaJson;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The Lua module {@code websocket} for a client that the kit calls. Scripts run in the kit, and each documented call
 * goes to the client.
 */
final class CalledModule implements LuaModule {
    private final ClientCalls calls;
    private final ConnectCallFactory connecting;
    private final FirstNotJudgedReason reason;

    /** Combines a script's arguments with the session's policy, context and trust. */
    @FunctionalInterface
    interface ConnectCallFactory {
        ConnectCall call(String url, CallOptions options);
    }

    CalledModule(ClientCalls calls, ConnectCallFactory connecting, FirstNotJudgedReason reason) {
        this.calls = calls;
        this.connecting = connecting;
        this.reason = reason;
    }

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public Visibility visibility() {
        return Visibility.REQUIRE_ONLY;
    }

    @Override
    public LuaValue load(LuaSession session) {
        CallRunner runner = new CallRunner(session, reason);
        LuaTable module = runner.run(LuaValue.NIL, this::constants).arg1().checktable();
        ConnectionMethods methods = new ConnectionMethods(session, runner, calls.receivers());
        put(module, "connect", arguments -> connect(runner, methods, arguments));
        return module;
    }

    private Varargs constants() throws InterruptedException {
        return calls.constants().map(own -> (Varargs) LuaJson.toLua(own)).orElseGet(KitConstants::table);
    }

    private Varargs connect(CallRunner runner, ConnectionMethods methods, Varargs arguments) {
        return runner.run(LuaValue.NIL, () -> {
            String url = CallArguments.url(arguments.arg1());
            CallOptions options = CallArguments.options(arguments.arg(2));
            CalledConnection connection = calls.connect(connecting.call(url, options));
            return LuaValue.varargsOf(methods.client(connection), LuaValue.NIL);
        });
    }
}
