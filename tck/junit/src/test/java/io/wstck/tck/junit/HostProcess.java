package io.wstck.tck.junit;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.host.LuaHost;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.implementation.calls.CalledClient;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.lib.jse.JsePlatform;

/**
 * A program that uses one public entry point as a library. It prints a line for each change of its own process, and
 * {@code done} at the end. The arguments are the entry point's name and a folder for its reports.
 */
final class HostProcess {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private static final Map<String, EntryPointUse> USES = Map.of(
            "lua", _ -> lua(),
            "luaj-before", _ -> luajBefore(),
            "client", _ -> client(),
            "reference-server", _ -> referenceServer(),
            "junit", HostProcess::junit);

    private HostProcess() {}

    /** Uses an entry point and closes it. */
    @FunctionalInterface
    private interface EntryPointUse {
        void run(Path folder) throws Exception;
    }

    static Set<String> uses() {
        return USES.keySet();
    }

    /** Prints the differences. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        if (arguments[0].equals("junit")) {
            // The JDK's client, which is judged there, uses it.
            SSLContext.getDefault();
        }
        ProcessState before = ProcessState.now();
        USES.get(arguments[0]).run(Path.of(arguments[1]));
        ProcessState.now().differences(before, ENOUGH).forEach(out::println);
        out.println("done");
    }

    private static void lua() throws Exception {
        try (LuaSession session = LuaHost.builder().build().open()) {
            session.run(LuaScript.compile("use.lua", """
                    local timer = time.after(1)
                    timer:receive()
                    coroutine.wrap(function() return ('x'):rep(10) end)()
                    return json.decode(json.encode { a = os.date() })
                    """));
        }
        require(JsePlatform.standardGlobals().load("return ('x'):upper()").call(), "X");
        forgetStringLibrary();
    }

    private static void luajBefore() throws Exception {
        Globals plain = JsePlatform.standardGlobals();
        plain.load("string.twice = function(s) return s .. s end").call();
        try (LuaSession session = LuaHost.builder().build().open()) {
            require(plain.load("return ('x'):twice()").call(), "xx");
            require(session.run(LuaScript.compile("use.lua", "return ('x').twice")), "nil");
        }
        require(plain.load("return ('x'):twice()").call(), "xx");
        forgetStringLibrary();
    }

    /** Resets the value that LuaJ's library sets for a program that uses LuaJ itself. */
    private static void forgetStringLibrary() {
        LuaString.s_metatable = null;
    }

    private static void client() throws Exception {
        ConnectOptions timed = ConnectOptions.builder()
                .readTimeout(Duration.ofSeconds(30))
                .writeTimeout(Duration.ofSeconds(30))
                .build();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                WebSocketClient client = WebSocketClient.create()) {
            try (Connection connection = client.connect("ws://127.0.0.1:" + server.port() + "/echo", timed)) {
                connection.sendText(new byte[] {'x'});
                connection.messages().receive();
            }
            requireNoTimer();
        }
    }

    /** The client's timer must have no thread while the client is open without a pending deadline. */
    private static void requireNoTimer() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("wstck-deadlines")) {
                thread.join(ENOUGH);
                require(thread.isAlive(), "false");
            }
        }
    }

    private static void referenceServer() throws Exception {
        ReferenceServer.start(ServerConfig.loopback()).close();
    }

    private static void junit(Path folder) throws Exception {
        new ClientCertification() {
            @Override
            protected CalledClient client() {
                return new JavaNetHttpClient();
            }

            @Override
            protected Selection selection() {
                return new Selection(List.of("close.application-codes"), List.of(), Set.of());
            }

            @Override
            protected Path reports() {
                return folder;
            }
        }.cases();
    }

    private static void require(Object actual, String expected) {
        if (!actual.toString().equals(expected)) {
            throw new IllegalStateException("expected " + expected + ", got " + actual);
        }
    }
}
