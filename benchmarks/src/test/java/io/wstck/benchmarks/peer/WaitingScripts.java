package io.wstck.benchmarks.peer;

import io.wstck.client.WebSocketClient;
import io.wstck.client.lua.ExecutionContext;
import io.wstck.client.lua.WebSocketModule;
import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaSyntaxException;
import io.wstck.lua.host.LuaHost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Scripts that wait for a message, each with a session, a connection and a virtual thread. Arguments: the URL, and how
 * many. It prints {@code HEAP RESIDENT}: bytes for each script, of the heap after a collection, and of the process.
 */
public final class WaitingScripts {
    private static final int WARM_UP = 200;
    private static final int DIALS = 64;
    private static final int CONNECT_SECONDS = 120;
    private static final String SCRIPT = """
            local bench = require("bench")
            local client, err = require("websocket").connect(bench.url)
            if not client then error(tostring(err)) end
            bench.connected()
            client:channel():receive()
            """;

    private final LuaHost host;
    private final LuaScript script;
    private final Semaphore dials = new Semaphore(DIALS);
    private final AtomicInteger failures = new AtomicInteger();
    private final List<LuaSession> sessions = new ArrayList<>();
    private volatile CountDownLatch connected = new CountDownLatch(0);

    private WaitingScripts(WebSocketClient client, String url) throws LuaSyntaxException {
        host = LuaHost.builder()
                .module(new WebSocketModule(() -> Optional.of(new ExecutionContext(client))))
                .module(new BenchModule(url))
                .build();
        script = LuaScript.compile("waiting.lua", SCRIPT);
    }

    /** Opens the connections and prints the figures. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        try (WebSocketClient client = WebSocketClient.create()) {
            WaitingScripts scripts = new WaitingScripts(client, arguments[0]);
            scripts.start(Math.min(WARM_UP, count));
            long heap = usedHeap();
            long resident = resident();
            scripts.start(count);
            System.out.println((usedHeap() - heap) / count + " " + (resident() - resident) / count);
            // The sessions count until here.
            System.err.println(scripts.sessions.size() + " sessions, " + scripts.failures.get() + " failures");
        }
        System.exit(0);
    }

    /** Starts more scripts, and returns when all of them wait. */
    private void start(int count) throws InterruptedException {
        connected = new CountDownLatch(count);
        for (int index = 0; index < count; index++) {
            dials.acquire();
            LuaSession session = host.open();
            sessions.add(session);
            Thread.ofVirtual().start(() -> run(session));
        }
        if (!connected.await(CONNECT_SECONDS, TimeUnit.SECONDS) || failures.get() > 0) {
            throw new IllegalStateException("expected " + count + " connections, " + connected.getCount() + " missing, "
                    + failures.get() + " failed");
        }
    }

    private void run(LuaSession session) {
        try {
            var _ = session.run(script);
        } catch (LuaFailure e) {
            System.err.println(e.getMessage());
            failures.incrementAndGet();
            dials.release();
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Returns the resident memory of this process in bytes; 0 where the system does not tell. */
    private static long resident() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0L);
        } catch (IOException e) {
            // Not every system has this file.
            return 0;
        }
    }

    /** Has the URL, and hears from each script that it is connected. */
    private final class BenchModule implements LuaModule {
        private final String url;

        BenchModule(String url) {
            this.url = url;
        }

        @Override
        public String name() {
            return "bench";
        }

        @Override
        public LuaValue load(LuaSession session) {
            LuaTable module = new LuaTable();
            module.set("url", LuaStrings.of(url));
            LuaFunctions.put(module, "connected", _ -> {
                connected.countDown();
                dials.release();
                return LuaValue.NONE;
            });
            return module;
        }

        @Override
        public Visibility visibility() {
            return Visibility.REQUIRE_ONLY;
        }
    }
}
