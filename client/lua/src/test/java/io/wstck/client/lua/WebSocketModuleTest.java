package io.wstck.client.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wstck.client.WebSocketClient;
import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaSyntaxException;
import io.wstck.lua.host.LuaHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.Varargs;

/** The module websocket, from Lua, against a server on loopback. */
@Timeout(60)
class WebSocketModuleTest {
    private static final String CONNECT =
            "websocket = require('websocket') client, err = websocket.connect(url, options) ";

    private PlainServer server;
    private WebSocketClient client;
    private LuaSession session;

    @BeforeEach
    void open() throws IOException {
        server = new PlainServer();
        client = WebSocketClient.create();
        session = session(client);
    }

    @AfterEach
    void close() throws IOException {
        // First, so that no client waits for a server that does not answer its close frame.
        server.close();
        session.close();
        client.close();
    }

    @Test
    void theConstantsAreThoseOfTheDocumentation() {
        assertThat(eval("local w = require('websocket') local c = w.CLOSE_CODES return w.TEXT, w.BINARY, w.TYPE_TEXT, "
                        + "w.TYPE_BINARY, w.TYPE_PING, w.TYPE_PONG, w.TYPE_CLOSE, w.COMPRESSION.DISABLED, "
                        + "w.COMPRESSION.CONTEXT_TAKEOVER, w.COMPRESSION.NO_CONTEXT"))
                .isEqualTo("1,2,text,binary,ping,pong,close,0,1,2");
        assertThat(eval("local c = require('websocket').CLOSE_CODES return c.NORMAL, c.GOING_AWAY, c.PROTOCOL_ERROR, "
                        + "c.UNSUPPORTED_DATA, c.RESERVED, c.NO_STATUS, c.ABNORMAL_CLOSURE, c.INVALID_PAYLOAD, "
                        + "c.POLICY_VIOLATION, c.MESSAGE_TOO_BIG, c.MANDATORY_EXTENSION, c.INTERNAL_ERROR, "
                        + "c.SERVICE_RESTART, c.TRY_AGAIN_LATER, c.BAD_GATEWAY, c.TLS_HANDSHAKE"))
                .isEqualTo("1000,1001,1002,1003,1004,1005,1006,1007,1008,1009,1010,1011,1012,1013,1014,1015");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w.TEXT = 5", "w.CLOSE_CODES.NORMAL = 5", "w.COMPRESSION.NEW = 5", "rawset(w, 'TEXT', 5)",
                "rawset(w.CLOSE_CODES, 'NORMAL', 5)", "setmetatable(w, {})", "table.insert(w.CLOSE_CODES, 5)",
                        "w.connect = nil"
            })
    void theModuleCannotBeChanged(String attempt) {
        assertThat(eval("return pcall(function() local w = require('websocket') " + attempt + " end)"))
                .startsWith("false,")
                .contains("read-only");
        assertThat(eval("local w = require('websocket') return w.TEXT, w.CLOSE_CODES.NORMAL, type(w.connect)"))
                .isEqualTo("1,1000,function");
    }

    @Test
    void theModuleIsNoGlobal() {
        assertThat(eval("return websocket, require('websocket') == require('websocket')"))
                .isEqualTo("nil,true");
    }

    @Test
    void aScriptSendsReceivesAndCloses() throws Exception {
        FutureTask<String> script =
                start(CONNECT + "local sent = { client:send('hällo') } client:send('\\0\\255', websocket.BINARY) "
                        + "client:ping() local ch = client:channel() local a, aok = ch:receive() local b, bok = ch:receive() "
                        + "local closed = { client:close(4000, 'bye') } local c, cok = ch:receive() "
                        + "return err, sent[1], sent[2], a.type, a.data, aok, b.type, #b.data, bok, "
                        + "ch == client:channel(), ch == client:receive(), closed[1], closed[2], c, cok");
        PlainServer.Peer peer = server.peer();
        assertThat(peer.request().getFirst()).isEqualTo("GET /path?q=1 HTTP/1.1");
        PlainServer.Frame text = peer.read();
        assertThat(text.opcode()).isEqualTo(1);
        assertThat(text.text()).isEqualTo("hällo");
        PlainServer.Frame binary = peer.read();
        assertThat(binary.opcode()).isEqualTo(2);
        assertThat(binary.payload()).containsExactly(0, 255);
        assertThat(peer.read().opcode()).isEqualTo(9);
        peer.text("😀");
        peer.write(2, (byte) 0, (byte) 255);
        PlainServer.Frame close = peer.answerClose();
        assertThat(close.closeCode()).isEqualTo(4000);
        assertThat(close.text()).endsWith("bye");
        assertThat(script.get()).isEqualTo("nil,true,nil,text,😀,true,binary,2,true,true,true,true,nil,nil,false");
    }

    @Test
    void optionsReachTheRequest() throws Exception {
        FutureTask<String> script = start(
                CONNECT + "client:close()",
                "{ headers = { ['X-Token'] = 'Bearer é', ['X-Number'] = 7 }, "
                        + "protocols = { 'b', 'a' }, dial_timeout = '5s', read_timeout = 30000, write_timeout = '1m', compression = 0, "
                        + "compression_threshold = 100000000, read_limit = 128000000, channel_capacity = 10000, unknown = true }");
        PlainServer.Peer peer = server.peer();
        assertThat(peer.request())
                .contains("X-Token: Bearer é", "X-Number: 7")
                .anyMatch(line -> line.matches("(?i)sec-websocket-protocol: b, ?a"));
        peer.answerClose();
        script.get();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | options: expected a table, got 5",
                "{ headers = 5 } | headers: expected",
                "{ headers = { a = {} } } | headers: expected a string as value of \"a\", got a table",
                "{ headers = { ['A\\r\\nB'] = 'x' } } | header",
                "{ headers = { Upgrade = 'x' } } | Upgrade",
                "{ protocols = 'x' } | protocols: expected a list of strings, got \"x\"",
                "{ protocols = { 'a b' } } | a b",
                "{ protocols = { true } } | protocols: expected strings, got a boolean",
                "{ dial_timeout = 'soon' } | dial_timeout: duration \"soon\" cannot be read",
                "{ read_timeout = -1 } | read_timeout: duration -1 is out of range",
                "{ write_timeout = {} } | write_timeout: duration a table cannot be read",
                "{ read_timeout = 0 } | read_timeout: expected longer than zero, at most 876000h, got 0",
                "{ read_timeout = 1e-7 } | read_timeout: expected longer than zero",
                "{ write_timeout = '876001h' } | write_timeout: expected longer than zero, at most 876000h, got \"876001h\"",
                "{ dial_timeout = '5' } | dial_timeout: duration \"5\" cannot be read",
                "{ dial_timeout = '' } | dial_timeout: duration \"\" cannot be read",
                "{ dial_timeout = '-1s' } | dial_timeout: duration \"-1s\" is out of range",
                "{ dial_timeout = 0/0 } | dial_timeout: duration nan cannot be read",
                "{ dial_timeout = 1/0 } | dial_timeout: duration inf cannot be read",
                "{ dial_timeout = -1/0 } | dial_timeout: duration -inf cannot be read",
                "{ dial_timeout = true } | dial_timeout: duration a boolean cannot be read",
                "{ compression = -1 } | compression: expected an integer from 0 to 2, got -1",
                "{ compression = 1.5 } | compression: expected an integer from 0 to 2, got 1.5",
                "{ compression = '1' } | compression: expected an integer from 0 to 2, got \"1\"",
                "{ compression = true } | compression: expected an integer from 0 to 2, got a boolean",
                "{ compression_threshold = -1 } | compression_threshold: expected an integer from 0 to 104857600, got -1",
                "{ compression_threshold = '512' } | compression_threshold: expected an integer",
                "{ compression_threshold = 1/0 } | compression_threshold: expected an integer from 0 to 104857600, got inf",
                "{ read_limit = 0/0 } | read_limit: expected an integer from 0 to 134217728, got nan",
                "{ read_limit = 1.5 } | read_limit: expected an integer from 0 to 134217728, got 1.5",
                "{ read_limit = {} } | read_limit: expected an integer from 0 to 134217728, got a table",
                "{ channel_capacity = -1 } | channel_capacity: expected an integer from 1 to 10000, got -1",
                "{ channel_capacity = 10001 } | channel_capacity: expected an integer from 1 to 10000, got 10001",
                "{ channel_capacity = '1' } | channel_capacity: expected an integer from 1 to 10000, got \"1\"",
                "{ compression = 3 } | compression: expected an integer from 0 to 2, got 3",
                "{ compression = 'zip' } | compression: expected an integer from 0 to 2, got \"zip\"",
                "{ compression_threshold = 104857601 } | compression_threshold: expected an integer from 0 to 104857600",
                "{ read_limit = -1 } | read_limit: expected an integer from 0 to 134217728, got -1",
                "{ read_limit = 134217729 } | read_limit: expected",
                "{ channel_capacity = 0 } | channel_capacity: expected an integer from 1 to 10000, got 0",
                "{ channel_capacity = 1.5 } | channel_capacity: expected an integer from 1 to 10000, got 1.5",
            })
    void aBadOptionIsReturnedAsAnErrorThatNamesIt(String options, String message) {
        session.globals().set("url", LuaStrings.of(server.url()));
        assertThat(eval("options = " + options + " " + CONNECT
                        + "return client, err:kind(), err:retryable(), err:message()"))
                .startsWith("nil,INVALID,false,")
                .contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ read_limit = 0 }",
                "{ read_limit = 1 }",
                "{ read_limit = 134217728 }",
                "{ compression_threshold = 0 }",
                "{ compression_threshold = 104857600 }",
                "{ channel_capacity = 1 }",
                "{ channel_capacity = 10000 }",
                "{ dial_timeout = 9500.5, read_timeout = '876000h', write_timeout = '1m30.5s' }",
                "{ compression = 2 }",
                "{}"
            })
    void theEndsOfEveryRangeConnect(String options) throws Exception {
        FutureTask<String> script = start(CONNECT + "client:close() return client ~= nil, err", options);
        server.peer().answerClose();
        assertThat(script.get()).isEqualTo("true,nil");
    }

    @Test
    void theModesOfferWhatTheyStandFor() throws Exception {
        for (int mode = 0; mode <= 2; mode++) {
            FutureTask<String> script = start(CONNECT + "client:close()", "{ compression = " + mode + " }");
            PlainServer.Peer peer = server.peer();
            String offers = String.join(
                    "",
                    peer.request().stream()
                            .filter(line -> line.startsWith("Sec-WebSocket-Extensions: "))
                            .map(line -> line.substring(26))
                            .toList());
            assertThat(offers)
                    .isEqualTo(
                            switch (mode) {
                                case 0 -> "";
                                case 1 -> "permessage-deflate";
                                default -> "permessage-deflate; client_no_context_takeover; server_no_context_takeover";
                            });
            peer.answerClose();
            script.get();
        }
    }

    @Test
    void aScriptThatIsStuckInADialIsStopped() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<String> script =
                    new FutureTask<>(() -> eval("return require('websocket').connect('ws://127.0.0.1:"
                            + silent.getLocalPort() + "/', { dial_timeout = '24h' })"));
            Thread.ofPlatform().daemon().start(script);
            silent.setSoTimeout(20_000);
            try (Socket peer = silent.accept()) {
                peer.setSoTimeout(20_000);
                assertThat(peer.getInputStream().read()).isEqualTo('G');
                session.stop("time is up");

                ExecutionException failure = catchThrowableOfType(ExecutionException.class, script::get);
                assertThat(failure.getCause())
                        .isInstanceOfSatisfying(
                                LuaFailure.class, e -> assertThat(e.kind()).isEqualTo(LuaFailure.Kind.STOPPED));
                // The client has gone: read the rest of its request, then the end.
                peer.getInputStream().readAllBytes();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nil",
                "''",
                "5",
                "{}",
                "'http://127.0.0.1/'",
                "'ftp://127.0.0.1/'",
                "'ws://'",
                "'ws://127.0.0.1/#x'",
                "'ws://127.0.0.1/\\r\\nX: y'"
            })
    void aBadUrlIsReturnedAsAnError(String url) {
        assertThat(eval("url = " + url + " " + CONNECT + "return client, err:kind(), err:retryable()"))
                .isEqualTo("nil,INVALID,false");
    }

    @Test
    void aRefusedConnectionIsRetryable() throws Exception {
        // Bound, so that no other program can listen there.
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThat(eval("url = 'ws://127.0.0.1:" + bound.getLocalPort() + "/' " + CONNECT
                            + "return client, errors.is(err, errors.INTERNAL), err:retryable(), #err:message() > 0"))
                    .isEqualTo("nil,true,true,true");
        }
    }

    @Test
    void withoutAnExecutionContextNothingConnects() {
        LuaHost host =
                LuaHost.builder().module(new WebSocketModule(Optional::empty)).build();
        try (LuaSession outside = host.open()) {
            outside.globals().set("url", LuaStrings.of(server.url()));
            assertThat(eval(outside, CONNECT + "return client, err:kind(), err:retryable()"))
                    .isEqualTo("nil,INTERNAL,false");
        }
    }

    @Test
    void aDeniedUrlIsAPermissionError() {
        try (WebSocketClient denied = WebSocketClient.builder()
                        .policy(Policy.allowAll().with(Rule.deny(Policy.CONNECT_URL, server.url())))
                        .build();
                LuaSession outside = session(denied)) {
            outside.globals().set("url", LuaStrings.of(server.url()));
            assertThat(eval(outside, CONNECT + "return client, err:kind(), err:retryable()"))
                    .isEqualTo("nil,PERMISSION_DENIED,false");
        }
    }

    @Test
    void whatIsCalledAfterCloseReturnsAnError() throws Exception {
        FutureTask<String> script = start(CONNECT + "client:close() local s, serr = client:send('x') "
                + "local p, perr = client:ping() local c, cerr = client:close() "
                + "return s, serr:kind(), serr:retryable(), p, perr:kind(), perr:retryable(), c, cerr");
        server.peer().answerClose();
        assertThat(script.get()).isEqualTo("false,INTERNAL,false,false,INTERNAL,false,true,nil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client:send(nil)", "client:send({})", "client:send(true)", "client:send('x', 3)",
                        "client:send('x', 'text')",
                "client:send('\\255')", "client:close(999)", "client:close(5000)", "client:close(1000.5)",
                        "client:close('1000')",
                "client:close(1005)", "client:close(nil, '\\255')", "client:close(nil, {})",
                        "client:close(nil, ('x'):rep(124))"
            })
    void aBadArgumentIsReturnedAsAnErrorAndTheConnectionLivesOn(String call) throws Exception {
        FutureTask<String> script = start(CONNECT + "local r, e = " + call + " client:send('alive') client:close() "
                + "return r, e:kind(), e:retryable()");
        PlainServer.Peer peer = server.peer();
        assertThat(peer.read().text()).isEqualTo("alive");
        assertThat(peer.answerClose().closeCode()).isEqualTo(1000);
        assertThat(script.get()).isEqualTo("false,INVALID,false");
    }

    @Test
    void aSelectHearsMessagesTimersAndTheEnd() throws Exception {
        FutureTask<String> script =
                start(CONNECT + "local ch, heartbeat, seen = client:channel(), time.after('20ms'), {} "
                        + "while true do local r = channel.select { ch:case_receive(), heartbeat:case_receive() } "
                        + "if r.channel == heartbeat then seen[#seen + 1] = 'ping' client:ping() heartbeat = time.after('1h') "
                        + "elseif not r.ok then break else seen[#seen + 1] = json.decode(r.value.data).symbol end end "
                        + "client:close() return table.concat(seen, ' ')");
        PlainServer.Peer peer = server.peer();
        assertThat(peer.read().opcode()).isEqualTo(9);
        peer.text("{\"symbol\":\"BTC\"}");
        peer.write(8, (byte) 3, (byte) 232);
        assertThat(peer.read().closeCode()).isEqualTo(1000);
        peer.out().close();
        assertThat(script.get()).isEqualTo("ping BTC");
    }

    @Test
    void aClientIsReadableAndItsMetatableProtected() throws Exception {
        FutureTask<String> script = start(CONNECT + "return tostring(client), getmetatable(client), type(client)");
        server.peer();
        assertThat(script.get())
                .isEqualTo("websocket client (" + server.url().replace("?q=1", "") + ", open),false,userdata");
    }

    @Test
    void whatAScriptLeavesOpenIsClosedWithItsSession() throws Exception {
        FutureTask<String> script = start(CONNECT + "return client ~= nil");
        PlainServer.Peer peer = server.peer();
        assertThat(script.get()).isEqualTo("true");
        FutureTask<Integer> closing = new FutureTask<>(() -> peer.answerClose().closeCode());
        Thread.ofVirtual().start(closing);
        session.close();
        assertThat(closing.get()).isEqualTo(1000);
    }

    @Test
    void aScriptThatIsStuckInASendIsStopped() throws Exception {
        session.close();
        client.close();
        // The peer never answers the close frame, so the script ends at the close timeout.
        client = WebSocketClient.builder().closeTimeout(Duration.ofMillis(100)).build();
        session = session(client);
        FutureTask<String> script =
                start(CONNECT + "local s = ('x'):rep(1e6) while true do assert(client:send(s)) end");
        PlainServer.Peer peer = server.peer();
        assertThat(peer.in().readUnsignedByte() & 0x0f).isEqualTo(1);
        session.stop("time is up");
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, script::get);
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        LuaFailure.class, e -> assertThat(e.kind()).isEqualTo(LuaFailure.Kind.STOPPED));
    }

    private static LuaSession session(WebSocketClient client) {
        return LuaHost.builder()
                .module(new WebSocketModule(() -> Optional.of(new ExecutionContext(client))))
                .build()
                .open();
    }

    private FutureTask<String> start(String source) {
        return start(source, "nil");
    }

    private FutureTask<String> start(String source, String options) {
        session.globals().set("url", LuaStrings.of(server.url()));
        FutureTask<String> script = new FutureTask<>(() -> eval("options = " + options + " " + source));
        Thread.ofPlatform().daemon().start(script);
        return script;
    }

    private String eval(String source) {
        return eval(session, source);
    }

    private static String eval(LuaSession session, String source) {
        try {
            Varargs values = session.run(LuaScript.compile("test.lua", source));
            StringJoiner shown = new StringJoiner(",");
            for (int i = 1; i <= values.narg(); i++) {
                shown.add(LuaStrings.show(values.arg(i)));
            }
            return shown.toString();
        } catch (LuaSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
