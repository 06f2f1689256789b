package io.wstck.tck.implementation.calls;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.channel.LuaChannels;
import io.wstck.lua.json.LuaJson;
import io.wstck.tck.implementation.ParallelCall;
import io.wstck.tck.implementation.ParallelCalls;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The Lua methods of a client value. Each becomes a call (clauses send.*, ping.*, receive.*, close.*). For one session.
 */
final class ConnectionMethods {
    private static final Varargs DONE = LuaValue.varargsOf(LuaValue.TRUE, LuaValue.NIL);

    private final LuaSession session;
    private final CallRunner runner;
    private final LuaValue metatable;

    private final ThreadFactory receivers;

    /**
     * Creates the methods.
     *
     * @param receivers makes the threads that receive messages
     */
    ConnectionMethods(LuaSession session, CallRunner runner, ThreadFactory receivers) {
        this.session = session;
        this.runner = runner;
        this.receivers = receivers;
        metatable = metatable();
    }

    private record Client(CalledConnection connection, MessageFeed feed) {
        @Override
        public String toString() {
            return "websocket client";
        }
    }

    LuaValue client(CalledConnection connection) {
        return new LuaUserdata(
                new Client(connection, new MessageFeed(connection, runner::stopScript, receivers)), metatable);
    }

    private LuaValue metatable() {
        LuaTable methods = new LuaTable();
        put(methods, "send", this::send);
        put(methods, "ping", this::ping);
        put(methods, "channel", arguments -> channel(arguments, "channel"));
        put(methods, "receive", arguments -> channel(arguments, "receive"));
        put(methods, "close", this::close);
        put(methods, "kit_echo", this::echo);
        put(methods, "kit_parallel", this::parallel);
        put(methods, "kit_attributes", this::attributes);
        return LuaFunctions.metatable(
                methods, arguments -> self(arguments, "tostring").toString());
    }

    private Varargs send(Varargs arguments) {
        CalledConnection connection = self(arguments, "send").connection();
        return runner.run(LuaValue.FALSE, () -> {
            connection.send(CallArguments.type(arguments.arg(3)), CallArguments.data(arguments, 2));
            return DONE;
        });
    }

    private Varargs ping(Varargs arguments) {
        CalledConnection connection = self(arguments, "ping").connection();
        return runner.run(LuaValue.FALSE, () -> {
            connection.ping();
            return DONE;
        });
    }

    private Varargs close(Varargs arguments) {
        CalledConnection connection = self(arguments, "close").connection();
        return runner.run(LuaValue.FALSE, () -> {
            connection.close(CallArguments.code(arguments.arg(2)), CallArguments.reason(arguments.arg(3)));
            return DONE;
        });
    }

    /** Undocumented; {@code t:echo} uses it. */
    private Varargs echo(Varargs arguments) {
        CalledConnection connection = self(arguments, "kit_echo").connection();
        return runner.run(LuaValue.NIL, () -> {
            CalledConnection.Echoed echoed = connection.echo();
            return LuaValue.varargsOf(
                    LuaValue.valueOf((double) echoed.messages()), LuaValue.valueOf((double) echoed.bytes()));
        });
    }

    /** Undocumented; {@code t:in_parallel} uses it. */
    private Varargs parallel(Varargs arguments) {
        CalledConnection connection = self(arguments, "kit_parallel").connection();
        List<ParallelCall> calls = ParallelCall.listOf(arguments.arg(2));
        return runner.run(LuaValue.NIL, () -> ParallelCalls.toLua(connection.parallel(calls)));
    }

    /** Undocumented; {@code t:attributes} uses it. */
    private Varargs attributes(Varargs arguments) {
        CalledConnection connection = self(arguments, "kit_attributes").connection();
        return runner.run(LuaValue.NIL, () -> LuaJson.toLua(connection.attributes()));
    }

    private Varargs channel(Varargs arguments, String method) {
        MessageFeed feed = self(arguments, method).feed();
        return LuaChannels.wrap(
                session,
                feed.source(),
                message -> {
                    feed.taken();
                    return message(message);
                },
                feed);
    }

    private static LuaValue message(Received.Message message) {
        LuaTable table = new LuaTable();
        table.set("type", LuaStrings.of(message.type()));
        // Safe without a copy: the message hands over its array.
        table.set("data", LuaString.valueUsing(message.data()));
        return table;
    }

    private static Client self(Varargs arguments, String method) {
        if (arguments.arg1() instanceof LuaUserdata userdata && userdata.m_instance instanceof Client client) {
            return client;
        }
        throw LuaArguments.typeError(arguments, 1, method, "websocket client");
    }
}
