package io.wstck.tck.cli;

import io.wstck.tck.autobahn.serve.AutobahnServer;
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
    /** Only the timer's thread. */
    private int told;

    AutobahnProgress(AutobahnConsole console, AutobahnServer server, int cases) {
        this.console = console;
        this.server = server;
        this.cases = cases;
        var _ = timer.scheduleAtFixedRate(this::tell, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void tell() {
        server.results().forEach((agent, done) -> {
            if (done.size() != told) {
                told = done.size();
                console.line("  " + told + "/" + cases + "  " + agent);
            }
        });
    }

    /** Nothing is told any more when this returns. */
    @Override
    public void close() {
        timer.close();
    }
}
