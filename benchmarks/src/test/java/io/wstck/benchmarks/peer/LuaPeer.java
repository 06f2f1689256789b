package io.wstck.benchmarks.peer;

import io.wstck.client.WebSocketClient;
import io.wstck.client.lua.ExecutionContext;
import io.wstck.client.lua.WebSocketModule;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaLimits;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.host.LuaHost;
import java.time.Duration;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The bundled client, driven by a Lua script. */
final class LuaPeer implements EchoPeer {
    /** The clock is asked before each 64 messages, because a call into Java takes longer in Lua than in Java. */
    private static final String SCRIPT = """
            local websocket = require("websocket")
            local bench = require("bench")
            local client, err = websocket.connect(bench.url)
            if not client then error(tostring(err)) end
            local channel = client:channel()
            local payload = bench.payload
            local type = bench.text and websocket.TEXT or websocket.BINARY

            return function(in_flight)
              local received = in_flight
              for i = 1, in_flight do client:send(payload, type) end
              while bench.more() do
                for i = 1, 64 do
                  channel:receive()
                  client:send(payload, type)
                end
                received = received + 64
              end
              for i = 1, in_flight do channel:receive() end
              return received
            end
            """;

    private WebSocketClient client;
    private LuaSession session;
    private LuaValue turn;
    private int inFlight;
    private long end;

    @Override
    public String version() {
        return "";
    }

    @Override
    public void connect(PeerTarget target) throws Exception {
        if (target.deflate()) {
            throw new UnsupportedOperationException("is measured without permessage-deflate");
        }
        inFlight = target.workload().inFlight();
        WebSocketClient.Builder builder = WebSocketClient.builder();
        target.trust().ifPresent(tls -> builder.sslContext(tls.context()));
        client = builder.build();
        session = LuaHost.builder()
                .limits(LuaLimits.defaults().withAllocatedBytes(Long.MAX_VALUE / 2))
                .module(new WebSocketModule(() -> Optional.of(new ExecutionContext(client))))
                .module(new BenchModule(target))
                .build()
                .open();
        turn = session.run(LuaScript.compile("echo.lua", SCRIPT)).arg1();
    }

    @Override
    public Turn run(Duration time) {
        long begun = System.nanoTime();
        end = begun + time.toNanos();
        Varargs received = session.call(turn, LuaValue.valueOf(inFlight));
        return new Turn(received.arg1().tolong(), System.nanoTime() - begun);
    }

    @Override
    public void close() {
        session.close();
        client.close();
    }

    /** Tells the script what to send, and for how long. */
    private final class BenchModule implements LuaModule {
        private final PeerTarget target;

        BenchModule(PeerTarget target) {
            this.target = target;
        }

        @Override
        public String name() {
            return "bench";
        }

        @Override
        public LuaValue load(LuaSession loading) {
            LuaTable module = new LuaTable();
            module.set("url", LuaStrings.of(target.url().toString()));
            module.set("payload", LuaValue.valueOf(target.workload().payload()));
            module.set("text", LuaValue.valueOf(target.workload().text()));
            LuaFunctions.put(module, "more", _ -> LuaValue.valueOf(System.nanoTime() < end));
            return module;
        }

        @Override
        public Visibility visibility() {
            return Visibility.REQUIRE_ONLY;
        }
    }
}
