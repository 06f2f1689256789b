package io.wstck.client.lua;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.ReadOnlyTable;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.errors.LuaErrors;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The Lua module {@code websocket} (clauses module.load, connect.*, options.*). Whatever fails returns nil or false and an
 * error value; nothing raises.
 */
public final class WebSocketModule implements LuaModule {
    private static final int MAX_URL_BYTES = 1024 * 1024;

    private final Supplier<Optional<ExecutionContext>> context;

    /**
     * A module for any number of sessions.
     *
     * @param context asked at every connect, on the script's thread; empty outside an execution context, where connecting fails
     *     with INTERNAL, not retryable (clause errors.no-context)
     */
    public WebSocketModule(Supplier<Optional<ExecutionContext>> context) {
        this.context = Objects.requireNonNull(context, "context");
    }

    /**
     * The connection behind a client value of a script, for the host program: its methods may be called from any thread, while the script
     * goes on. Empty when the value is no client.
     */
    public static Optional<Connection> connection(LuaValue client) {
        return ClientMethods.connection(client);
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
        LuaTable module = Constants.table();
        ClientMethods methods = new ClientMethods(session);
        put(module, "connect", arguments -> connect(session, methods, arguments));
        return new ReadOnlyTable("websocket", module);
    }

    private Varargs connect(LuaSession session, ClientMethods methods, Varargs arguments) {
        Optional<ExecutionContext> current = context.get();
        if (current.isEmpty()) {
            return LuaErrors.failure(ErrorKind.INTERNAL, "websocket.connect: no execution context", false);
        }
        if (!(arguments.arg1() instanceof LuaString url)) {
            return Failures.invalid(
                    "url: expected a string with a ws:// or wss:// URL, got " + Failures.describe(arguments.arg1()));
        }
        if (url.m_length > MAX_URL_BYTES) {
            return Failures.invalid("url: expected at most " + MAX_URL_BYTES + " bytes, got " + url.m_length);
        }
        ConnectOptions options;
        try {
            options = OptionTable.read(arguments.arg(2));
        } catch (IllegalArgumentException e) {
            return Failures.invalid(e.getMessage());
        }
        return dial(session, methods, current.get().client(), LuaStrings.text(url), options);
    }

    private static Varargs dial(
            LuaSession session, ClientMethods methods, WebSocketClient client, String url, ConnectOptions options) {
        OpenConnections open = session.attached(OpenConnections.class, OpenConnections::of);
        try {
            // A script that is stopped is interrupted, and that abandons the dial.
            Connection connection = Failures.unwrapping(() -> session.blocking(() -> Failures.wrapping(() -> {
                Connection made = client.connect(url, options);
                // Before anything can end the script: what is open belongs to the session.
                open.add(made);
                return made;
            })));
            return LuaValue.varargsOf(methods.client(connection, url), LuaValue.NIL);
        } catch (WebSocketException e) {
            // Not an error for the script to handle, if being stopped is what has ended the dial.
            session.checkStop();
            return LuaValue.varargsOf(LuaValue.NIL, Failures.of(e));
        }
    }
}
