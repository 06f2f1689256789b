package io.wstck.tck.cli;

import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.autobahn.servers.FuzzingClient;
import io.wstck.tck.autobahn.servers.FuzzingListener;
import io.wstck.tck.autobahn.servers.FuzzingSettings;
import io.wstck.tck.autobahn.spec.TestedServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Plays the cases against servers, and collects those that could not be connected to. For one run. */
final class ServerFuzzing implements FuzzingListener {
    private final Consumer<String> onCase;
    private final Map<String, Integer> finished = new ConcurrentHashMap<>();
    private final Queue<String> passedOver = new ConcurrentLinkedQueue<>();

    /** {@code onCase} gets a line when a case begins, on any thread. */
    ServerFuzzing(Consumer<String> onCase) {
        this.onCase = onCase;
    }

    /** Plays to the end, and returns the results by agent. */
    Map<String, List<CaseSummary>> play(FuzzingSettings settings, List<TestedServer> servers) throws CommandFailure {
        try (FuzzingClient client = FuzzingClient.start(settings, this)) {
            return client.play(servers);
        } catch (IOException failure) {
            throw CommandFailure.notJudged("the run could not be played to its end: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("the run was interrupted before its end");
        }
    }

    /** A sentence for each server that was passed over. */
    List<String> passedOver() {
        return List.copyOf(passedOver);
    }

    @Override
    public void caseStarted(TestedServer server, String agent, CaseId id) {
        onCase.accept("Running test case ID " + id + " for agent " + agent + " from peer " + server.url());
    }

    @Override
    public void caseFinished(String agent, CaseId id) {
        finished.merge(agent, 1, Integer::sum);
    }

    /** The number of finished cases by agent. */
    Map<String, Integer> finished() {
        return Map.copyOf(finished);
    }

    @Override
    public void passedOver(TestedServer server, String sentence) {
        passedOver.add(
                server.agent().map(agent -> agent + " at ").orElse("") + server.url() + " is passed over: " + sentence);
    }
}
