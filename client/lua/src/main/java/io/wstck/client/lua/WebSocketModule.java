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
 * The Lua module {@code websocket} (clauses module.load, connect.*, options.*). Functions that fail return nil or false
 * and an error value; they raise no error.
 */
public final class WebSocketModule implements LuaModule {
    private static final int MAX_URL_BYTES = 1024 * 1024;

    private final Supplier<Optional<ExecutionContext>> context;

    /**
     * Makes a module for any number of sessions.
     *
     * @param context called at every connect, on the script's thread. If it returns empty, connecting fails with
     * INTERNAL, not retryable (clause errors.no-context)
     */
    public WebSocketModule(Supplier<Optional<ExecutionContext>> context) {
        this.context = Objects.requireNonNull(context, "context");
    }

    /**
     * {@return the connection of a script's client value, for the host program} Any thread may call its methods while
     * the script runs. Empty when the value is not a client.
     *
     * @param client the value that a script has
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
        LuaTable module = WebSocketConstants.table();
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
            return ErrorConversion.invalid("url: expected a string with a ws:// or wss:// URL, got "
                    + ErrorConversion.describe(arguments.arg1()));
        }
        if (url.m_length > MAX_URL_BYTES) {
            return ErrorConversion.invalid("url: expected at most " + MAX_URL_BYTES + " bytes, got " + url.m_length);
        }
        ConnectOptions options;
        try {
            options = OptionTable.read(arguments.arg(2));
        } catch (IllegalArgumentException e) {
            return ErrorConversion.invalid(e.getMessage());
        }
        return dial(session, methods, current.get().client(), LuaStrings.text(url), options);
    }

    private static Varargs dial(
            LuaSession session, ClientMethods methods, WebSocketClient client, String url, ConnectOptions options) {
        OpenConnections connections = session.attachment(OpenConnections.class, OpenConnections::of);
        try {
            // Stopping a script interrupts its thread, which abandons the dial.
            Connection connection =
                    ErrorConversion.unwrapExceptions(() -> session.blocking(() -> ErrorConversion.wrapExceptions(() -> {
                        Connection connected = client.connect(url, options);
                        // Added before the script can be stopped, so that the session closes every connection.
                        connections.add(connected);
                        return connected;
                    })));
            return LuaValue.varargsOf(methods.client(connection, url), LuaValue.NIL);
        } catch (WebSocketException e) {
            // If the stop has ended the dial, the script must not see an error.
            session.checkStop();
            return LuaValue.varargsOf(LuaValue.NIL, ErrorConversion.of(e));
        }
    }
}
