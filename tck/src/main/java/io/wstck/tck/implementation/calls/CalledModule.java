package io.wstck.tck.implementation.calls;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import io.wstck.lua.json.LuaJson;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The Lua module {@code websocket} over a client that is called: scripts run here, and each documented call goes to the client. */
final class CalledModule implements LuaModule {
    private final ClientCalls calls;
    private final Connecting connecting;
    private final FirstHindrance hindrance;

    /** Adds what the session says of connects to what the script says. */
    @FunctionalInterface
    interface Connecting {
        ConnectCall call(String url, CallOptions options);
    }

    CalledModule(ClientCalls calls, Connecting connecting, FirstHindrance hindrance) {
        this.calls = calls;
        this.connecting = connecting;
        this.hindrance = hindrance;
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
        CallRunner runner = new CallRunner(session, hindrance);
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
