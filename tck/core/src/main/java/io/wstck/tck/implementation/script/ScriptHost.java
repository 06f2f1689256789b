package io.wstck.tck.implementation.script;

import io.wstck.client.TrafficObserver;
import io.wstck.client.WebSocketClient;
import io.wstck.client.lua.ExecutionContext;
import io.wstck.client.lua.WebSocketModule;
import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaLimits;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaToString;
import io.wstck.lua.host.LuaHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The Lua session of a user's script, and the client that makes its connections. One thread runs chunks, one after the
 * other; any thread may call {@link #stop}, {@link #closeConnections} and {@link #close}.
 */
public final class ScriptHost implements AutoCloseable {
    private static final LuaValue TO_STRING =
            LuaFunctions.of("tostring", arguments -> LuaToString.of(arguments.arg1()));

    private final WebSocketClient client;
    private final LuaSession session;
    private Varargs arguments = LuaValue.NONE;

    private ScriptHost(WebSocketClient client, ScriptSettings settings) {
        this.client = client;
        LuaLimits defaults = LuaLimits.defaults();
        Optional<ExecutionContext> context = Optional.of(new ExecutionContext(client));
        session = LuaHost.builder()
                // A program may run for days, so only the user limits the bytes that it allocates in all.
                .limits(defaults.withAllocatedBytes(settings.memoryLimit().orElse(Long.MAX_VALUE)))
                .module(new WebSocketModule(() -> context))
                .output(line -> print(settings, line))
                .build()
                .open();
    }

    /**
     * Opens a session. The caller closes it.
     *
     * @throws IllegalArgumentException if the trust file cannot be used, with a sentence that says why
     */
    public static ScriptHost open(ScriptSettings settings) {
        WebSocketClient.Builder builder = WebSocketClient.builder().policy(ScriptRules.policy(settings.rules()));
        settings.trust().ifPresent(builder::trustFile);
        settings.trace().ifPresent(trace -> builder.observer(server -> observed(trace.opened(server))));
        WebSocketClient client = builder.build();
        try {
            return new ScriptHost(client, settings);
        } catch (RuntimeException | Error e) {
            client.close();
            throw e;
        }
    }

    /**
     * Sets the global {@code arg}, and the values of {@code ...} in each chunk.
     *
     * @param name of the script, {@code arg[0]}
     * @param values from {@code arg[1]} on
     */
    public void setArguments(String name, List<String> values) {
        LuaTable table = new LuaTable();
        table.set(0, LuaStrings.of(name));
        LuaValue[] all = new LuaValue[values.size()];
        for (int index = 0; index < all.length; index++) {
            all[index] = LuaStrings.of(values.get(index));
            table.set(index + 1, all[index]);
        }
        session.globals().set("arg", table);
        arguments = LuaValue.varargsOf(all);
    }

    /** Runs a chunk to its end. */
    public ScriptEnd run(LuaScript script) {
        try {
            Varargs results = session.call(new LuaClosure(script.prototype(), session.globals()), arguments);
            return returned(script, results, texts(results));
        } catch (LuaFailure failure) {
            String message =
                    (failure.position().isEmpty() ? script.name() : failure.position()) + ": " + failure.message();
            return switch (failure.kind()) {
                case ERROR, STACK_OVERFLOW -> new ScriptEnd.Raised(message);
                case STOPPED, MEMORY -> new ScriptEnd.Stopped(message);
            };
        }
    }

    /** Ends the running chunk from any thread, and does not wait. */
    public void stop(String reason) {
        session.stop(reason);
    }

    /** Closes the open connections with 1001 and abandons all dials. Connecting fails afterwards. Any thread. */
    public void closeConnections() {
        client.close();
    }

    /** Stops the script and closes its connections, with 1000 unless they are closed already. Any thread. */
    @Override
    public void close() {
        try {
            session.close();
        } finally {
            client.close();
        }
    }

    private void print(ScriptSettings settings, String line) {
        if (!settings.output().test(line)) {
            session.stop("stopped: the standard output is closed");
        }
    }

    private static ScriptEnd returned(LuaScript script, Varargs results, List<String> texts) {
        boolean failed = !results.arg1().toboolean() && !results.arg(2).isnil();
        return failed
                ? new ScriptEnd.ReturnedError(texts, script.name() + ": " + texts.get(1))
                : new ScriptEnd.Returned(texts);
    }

    /** Returns the text of each result. Their {@code __tostring} is Lua code, so it runs within the session. */
    private List<String> texts(Varargs results) {
        List<String> texts = new ArrayList<>();
        for (int index = 1; index <= results.narg(); index++) {
            texts.add(
                    LuaStrings.show(session.call(TO_STRING, results.arg(index)).arg1()));
        }
        return texts;
    }

    private static TrafficObserver.ConnectionTraffic observed(ScriptTrace.TracedConnection connection) {
        return new TrafficObserver.ConnectionTraffic() {
            @Override
            public void sent(ByteBuffer bytes) {
                connection.sent(bytes);
            }

            @Override
            public void received(ByteBuffer bytes) {
                connection.received(bytes);
            }

            @Override
            public void ended(Optional<IOException> cause) {
                cause.map(ScriptHost::text).ifPresentOrElse(connection::broken, connection::endedByServer);
            }
        };
    }

    private static String text(IOException cause) {
        return Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString);
    }
}
