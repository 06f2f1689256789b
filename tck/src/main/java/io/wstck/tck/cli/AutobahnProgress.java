package io.wstck.tck.cli;

import io.wstck.tck.autobahn.serve.AutobahnServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells now and then how many cases are done, as long as it is open. */
final class AutobahnProgress implements AutoCloseable {
    private static final int SECONDS = 5;

    private final AutobahnConsole console;
    private final AutobahnServer server;
    private final int cases;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("autobahn-progress").daemon().factory());
    /** By agent; only the thread that tells. */
    private final Map<String, Integer> told = new HashMap<>();

    AutobahnProgress(AutobahnConsole console, AutobahnServer server, int cases) {
        this.console = console;
        this.server = server;
        this.cases = cases;
        var _ = timer.scheduleAtFixedRate(this::tell, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** Tells of each agent of which there is news. */
    void tell() {
        server.results().forEach((agent, done) -> {
            Integer before = told.put(agent, done.size());
            if (before == null || before != done.size()) {
                console.line("  " + done.size() + "/" + cases + "  " + agent);
            }
        });
    }

    /** Nothing is told any more when this returns. */
    @Override
    public void close() {
        timer.close();
    }
}
