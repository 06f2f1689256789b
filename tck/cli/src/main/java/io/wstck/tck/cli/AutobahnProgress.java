package io.wstck.tck.cli;

import io.wstck.tck.autobahn.serve.AutobahnServer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Prints the number of finished cases every few seconds until it is closed. */
final class AutobahnProgress implements AutoCloseable {
    private static final int SECONDS = 5;

    private final AutobahnConsole console;
    private final Supplier<Map<String, Integer>> finished;
    private final int cases;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("autobahn-progress").daemon().factory());
    /** The last printed count of each agent. Used only by the timer's thread. */
    private final Map<String, Integer> lastCounts = new HashMap<>();

    /** Prints the cases of the agents that {@code server} has judged. */
    AutobahnProgress(AutobahnConsole console, AutobahnServer server, int cases) {
        this(console, () -> counts(server), cases);
    }

    /** {@code finished} has the number of finished cases by agent. */
    AutobahnProgress(AutobahnConsole console, Supplier<Map<String, Integer>> finished, int cases) {
        this.console = console;
        this.finished = finished;
        this.cases = cases;
        var _ = timer.scheduleAtFixedRate(this::print, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** Prints the count of each agent whose count has changed. */
    void print() {
        finished.get().forEach((agent, done) -> {
            if (!done.equals(lastCounts.put(agent, done))) {
                console.printLine("  " + done + "/" + cases + "  " + agent);
            }
        });
    }

    private static Map<String, Integer> counts(AutobahnServer server) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        server.results().forEach((agent, done) -> counts.put(agent, done.size()));
        return counts;
    }

    /** After this call nothing more is printed. */
    @Override
    public void close() {
        timer.close();
    }
}
