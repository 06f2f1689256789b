package io.wstck.client.lua;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.client.Connection;
import io.wstck.client.Message;
import io.wstck.client.WebSocketException;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.channel.LuaChannels;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.errors.LuaErrors;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Makes the client values that {@code websocket.connect} returns in one session, and implements their methods (clauses
 * send.*, ping.*, receive.*, close.*).
 */
final class ClientMethods {
    private static final int DEFAULT_CLOSE_CODE = 1000;

    /** The connection refuses more than 123 bytes. This limit is checked first, so that a long reason is not copied. */
    private static final int MAX_REASON_BYTES = 64 * 1024;

    private static final Varargs DONE = LuaValue.varargsOf(LuaValue.TRUE, LuaValue.NIL);

    private final LuaSession session;
    private final LuaValue metatable;

    ClientMethods(LuaSession session) {
        this.session = session;
        metatable = metatable();
    }

    private record Client(Connection connection, String url) {
        /** Leaves out the query of the URL, which may hold secrets. */
        @Override
        public String toString() {
            int query = url.indexOf('?');
            return "websocket client (" + (query < 0 ? url : url.substring(0, query)) + ", "
                    + connection.state().name().toLowerCase(java.util.Locale.ROOT) + ")";
        }
    }

    /** An operation of the client, called after its arguments were checked. */
    @FunctionalInterface
    private interface Action {
        void run() throws WebSocketException;
    }

    LuaValue client(Connection connection, String url) {
        return new LuaUserdata(new Client(connection, url), metatable);
    }

    static Optional<Connection> connection(LuaValue value) {
        return value instanceof LuaUserdata userdata && userdata.m_instance instanceof Client client
                ? Optional.of(client.connection())
                : Optional.empty();
    }

    private LuaValue metatable() {
        LuaTable methods = new LuaTable();
        put(methods, "send", this::send);
        put(methods, "ping", this::ping);
        put(methods, "channel", arguments -> channel(arguments, "channel"));
        put(methods, "receive", arguments -> channel(arguments, "receive"));
        put(methods, "close", this::close);
        return LuaFunctions.metatable(
                methods, arguments -> self(arguments, "tostring").toString());
    }

    private Varargs send(Varargs arguments) {
        Connection connection = self(arguments, "send").connection();
        LuaValue data = arguments.arg(2);
        if (!(data instanceof LuaString) && !(data instanceof LuaNumber)) {
            return invalid("data: expected a string, got " + ErrorConversion.describe(data));
        }
        LuaString text = LuaArguments.string(arguments, 2, "send");
        session.reserve(text.m_length);
        byte[] bytes = LuaStrings.bytes(text);
        LuaValue type = arguments.arg(3);
        if (type.isnil() || is(type, WebSocketConstants.TEXT)) {
            return attempt(connection, () -> connection.sendText(bytes));
        }
        if (is(type, WebSocketConstants.BINARY)) {
            return attempt(connection, () -> connection.sendBinary(bytes));
        }
        return invalid(
                "type: expected websocket.TEXT (1) or websocket.BINARY (2), got " + ErrorConversion.describe(type));
    }

    private Varargs ping(Varargs arguments) {
        Connection connection = self(arguments, "ping").connection();
        return attempt(connection, connection::ping);
    }

    private Varargs channel(Varargs arguments, String method) {
        return LuaChannels.wrap(session, self(arguments, method).connection().messages(), ClientMethods::message);
    }

    private static LuaValue message(Message message) {
        LuaTable table = new LuaTable();
        table.set(
                "type",
                switch (message) {
                    case Message.Text text -> LuaStrings.of(WebSocketConstants.TYPE_TEXT);
                    case Message.Binary binary -> LuaStrings.of(WebSocketConstants.TYPE_BINARY);
                });
        // The receiver owns the array of a message, so no copy is needed.
        table.set("data", LuaString.valueUsing(message.bytes()));
        return table;
    }

    private Varargs close(Varargs arguments) {
        Connection connection = self(arguments, "close").connection();
        LuaValue code = arguments.arg(2);
        if (!code.isnil() && !(code instanceof LuaNumber number && number.todouble() == Math.rint(number.todouble()))) {
            return invalid("code: expected an integer from 1000 to 4999, got " + ErrorConversion.describe(code));
        }
        LuaValue reason = arguments.arg(3);
        if (reason instanceof LuaString string && string.m_length > MAX_REASON_BYTES) {
            return invalid("reason: expected at most 123 bytes, got " + string.m_length);
        }
        if (!reason.isnil() && !isText(reason)) {
            return invalid("reason: expected a string that is valid UTF-8, got " + ErrorConversion.describe(reason));
        }
        int number = code.isnil() ? DEFAULT_CLOSE_CODE : (int) code.todouble();
        String text = reason.isnil() ? "" : LuaStrings.text((LuaString) reason);
        return attempt(connection, () -> connection.close(number, text));
    }

    private Varargs attempt(Connection connection, Action action) {
        try {
            return ErrorConversion.unwrapExceptions(() -> session.blocking(
                    () -> ErrorConversion.wrapExceptions(() -> {
                        action.run();
                        return DONE;
                    }),
                    () -> abandon(connection)));
        } catch (WebSocketException e) {
            session.checkStop();
            return LuaValue.varargsOf(LuaValue.FALSE, ErrorConversion.of(e));
        }
    }

    /** Ends a blocked call by closing the connection, which the stopped session would close anyway. */
    private static void abandon(Connection connection) {
        try {
            connection.close();
        } catch (WebSocketException e) {
            throw new IllegalStateException("the connection of a stopped script could not be closed", e);
        }
    }

    private static Client self(Varargs arguments, String method) {
        if (arguments.arg1() instanceof LuaUserdata userdata && userdata.m_instance instanceof Client client) {
            return client;
        }
        throw LuaArguments.typeError(arguments, 1, method, "websocket client");
    }

    private static Varargs invalid(String message) {
        return LuaValue.varargsOf(LuaValue.FALSE, LuaErrors.error(ErrorKind.INVALID, message, false));
    }

    private static boolean is(LuaValue value, int number) {
        return value instanceof LuaNumber given && given.todouble() == number;
    }

    private static boolean isText(LuaValue value) {
        if (!(value instanceof LuaString string)) {
            return false;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(LuaStrings.bytes(string)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
