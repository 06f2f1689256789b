// Runs scripts that are not trusted: a policy for their connections, limits of memory and time, and their own output.
//
// Run: java -cp tck/cli/target/wstck.jar examples/java/HostScript.java

import io.wstck.client.WebSocketClient;
import io.wstck.client.lua.ExecutionContext;
import io.wstck.client.lua.WebSocketModule;
import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaLimits;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaSyntaxException;
import io.wstck.lua.host.LuaHost;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

public final class HostScript {
    private static final long MEGABYTE = 1024 * 1024;

    private static final List<String> SCRIPTS = List.of(
            """
            local websocket = require("websocket")
            local client = websocket.connect("ws://127.0.0.1:8080/echo")
            client:send("hello")
            print(client:channel():receive().data)
            """,
            """
            local websocket = require("websocket")
            print(select(2, websocket.connect("ws://127.0.0.1:8080/prices")))
            """,
            "while true do end",
            "local t = {} while true do t[#t + 1] = string.rep('x', 100000) end",
            "print(io, os.execute, os.getenv)",
            "this is no Lua");

    public static void main(String[] arguments) {
        // Scripts may connect to one server and one path of it, and to nothing else.
        Policy policy = Policy.denyAll()
                .with(Rule.allow(Policy.CONNECT, ""))
                .with(Rule.allow(Policy.CONNECT_URL, "ws://127.0.0.1:8080/echo"));
        try (WebSocketClient client = WebSocketClient.builder().policy(policy).build();
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            LuaHost host = LuaHost.builder()
                    .limits(LuaLimits.defaults().withAllocatedBytes(64 * MEGABYTE))
                    .module(new WebSocketModule(() -> Optional.of(new ExecutionContext(client))))
                    .output(line -> System.out.println("  " + line))
                    .build();
            for (int i = 0; i < SCRIPTS.size(); i++) {
                System.out.println((i == 0 ? "" : "\n") + "script " + (i + 1));
                run(host, timer, "script-" + (i + 1) + ".lua", SCRIPTS.get(i));
            }
        }
    }

    private static void run(LuaHost host, ScheduledExecutorService timer, String name, String source) {
        // Closing the session closes the connections that the script has left open.
        try (LuaSession session = host.open()) {
            LuaScript script = LuaScript.compile(name, source);
            var limit = timer.schedule(() -> session.stop("more than 3 s"), 3, TimeUnit.SECONDS);
            session.run(script);
            limit.cancel(false);
            System.out.println("  ended");
        } catch (LuaFailure e) {
            System.out.println("  " + e.kind() + " " + e.getMessage());
        } catch (LuaSyntaxException e) {
            System.out.println("  " + e.getMessage());
        }
    }
}

// Output:
// script 1
//   hello
//   ended
//
// script 2
//   PERMISSION_DENIED: policy denies websocket.connect.url for ws://127.0.0.1:8080/prices
//   ended
//
// script 3
//   STOPPED script-3.lua:1: more than 3 s
//
// script 4
//   MEMORY script-4.lua:1: more than 67108864 bytes allocated
//
// script 5
//   nil	nil	nil
//   ended
//
// script 6
//   script-6.lua:1: syntax error
