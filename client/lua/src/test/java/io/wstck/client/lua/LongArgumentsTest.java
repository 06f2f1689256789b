package io.wstck.client.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.WebSocketClient;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.host.LuaHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The module {@code websocket}, called with arguments as long as a script can make them: an error comes at once. */
@Timeout(60)
class LongArgumentsTest {
    /** Unbounded conversions of these arguments take minutes, or more memory than there is. */
    private static final Duration PROMPTLY = Duration.ofSeconds(20);

    private static final String LONG = "local s = ('x'):rep(1.4e8) local websocket = require('websocket') ";

    @AutoClose
    private final WebSocketClient client =
            WebSocketClient.builder().closeTimeout(Duration.ofMillis(100)).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "websocket.connect(s)",
                "websocket.connect('ws://' .. s)",
                "websocket.connect('ws://127.0.0.1:1/', s)",
                "websocket.connect('ws://127.0.0.1:1/', { headers = s })",
                "websocket.connect('ws://127.0.0.1:1/', { headers = { x = s } })",
                "websocket.connect('ws://127.0.0.1:1/', { protocols = { s } })",
                "websocket.connect('ws://127.0.0.1:1/', { read_timeout = s })",
                "websocket.connect('ws://127.0.0.1:1/', { read_limit = s })",
            })
    void aLongArgumentIsRefused(String call) throws Exception {
        assertThat(run(LONG + "local c, err = " + call + " return c == nil and err:kind() .. ' ' .. #err:message()"))
                .matches("INVALID \\d{1,4}");
    }

    @Test
    void aTableThatRepeatsALongTextIsRefused() throws Exception {
        String source = "local websocket = require('websocket') local s, h, p = ('x'):rep(1e6), {}, {} "
                + "for i = 1, 3e5 do h['h' .. i] = s p[i] = s end ";
        assertThat(run(source + "local _, a = websocket.connect('ws://127.0.0.1:1/', { headers = h }) "
                        + "local _, b = websocket.connect('ws://127.0.0.1:1/', { protocols = p }) "
                        + "return a:kind() .. ' ' .. b:kind()"))
                .isEqualTo("INVALID INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client:close(s)",
                "client:close(1000, s)",
                "client:send('x', s)",
                "client:send({ s })",
            })
    void aLongArgumentOfAConnectionIsRefused(String call) throws Exception {
        try (PlainServer server = new PlainServer()) {
            assertThat(run(LONG + "local client = websocket.connect('" + server.url() + "') local ok, err = " + call
                            + " return ok == false and err:kind() .. ' ' .. #err:message()"))
                    .matches("INVALID \\d{1,4}");
        }
    }

    /** A function that is added to the module or to its clients needs calls in this class. */
    @Test
    void allFunctionsAreTried() throws Exception {
        try (PlainServer server = new PlainServer()) {
            assertThat(run("local names, websocket = {}, require('websocket') "
                            + "for name, value in pairs(websocket) do "
                            + "if type(value) == 'function' then names[#names + 1] = name end end "
                            + "names[#names + 1] = methods(websocket.connect('" + server.url() + "')) "
                            + "return table.concat(names, ' ')"))
                    .isEqualTo("connect __tostring channel close ping receive send");
        }
    }

    private static LuaValue methods(Varargs arguments) {
        LuaTable metatable = (LuaTable) arguments.arg1().getmetatable();
        TreeSet<String> names = new TreeSet<>();
        for (LuaTable table : List.of(metatable, (LuaTable) metatable.rawget(LuaValue.INDEX))) {
            for (LuaValue key : table.keys()) {
                if (table.rawget(key).isfunction()) {
                    names.add(key.tojstring());
                }
            }
        }
        return LuaStrings.of(String.join(" ", names));
    }

    private String run(String source) throws Exception {
        LuaHost host = LuaHost.builder()
                .module(new WebSocketModule(() -> Optional.of(new ExecutionContext(client))))
                .build();
        try (LuaSession session = host.open()) {
            LuaFunctions.put(session.globals(), "methods", LongArgumentsTest::methods);
            FutureTask<String> script = new FutureTask<>(() -> LuaStrings.show(
                    session.run(LuaScript.compile("long.lua", source)).arg1()));
            Thread.ofPlatform().start(script);
            return script.get(PROMPTLY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
