package io.wstck.tck.autobahn.servers;

import io.wstck.server.dial.DialException;
import io.wstck.server.dial.Dialer;
import io.wstck.tck.autobahn.CasePlayer;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.autobahn.spec.TestedServer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays the cases against servers, one server after the other, in the role of a client. One thread. */
public final class FuzzingClient implements AutoCloseable {
    private final FuzzingSettings settings;
    private final FuzzingListener listener;
    private final Dialer dialer;
    private final AgentNames names = new AgentNames();
    private final Map<String, List<CaseSummary>> results = new LinkedHashMap<>();
    private final CasePlayer player = CasePlayer.withServerMemory();

    private FuzzingClient(FuzzingSettings settings, FuzzingListener listener, Dialer dialer) {
        this.settings = settings;
        this.listener = listener;
        this.dialer = dialer;
    }

    /** Starts the threads for input and output. */
    public static FuzzingClient start(FuzzingSettings settings, FuzzingListener listener) throws IOException {
        return new FuzzingClient(settings, listener, Dialer.start());
    }

    /**
     * Plays all cases against each server, and writes the reports. A server that cannot be connected to, or
     * answers no opening handshake with 101, is passed over.
     *
     * @return the results by agent, in the order of the servers, without servers that were passed over
     * @throws InterruptedException if the thread was interrupted; the connections are then reset
     * @throws IOException if the reports cannot be written
     */
    public Map<String, List<CaseSummary>> play(List<TestedServer> servers) throws InterruptedException, IOException {
        for (TestedServer server : servers) {
            ServerRun run = new ServerRun(
                    settings, server, new CaseDialer(dialer, server, settings.trust()), player, names, listener);
            try {
                List<CaseSummary> played = run.play();
                if (!played.isEmpty()) {
                    results.put(run.agent(), played);
                }
            } catch (DialException down) {
                listener.passedOver(server, ConnectionHints.of(server.url(), down));
            } catch (NoWebSocketException other) {
                listener.passedOver(server, other.getMessage());
            }
        }
        settings.outDir().write(settings.plan(), results);
        return results;
    }

    @Override
    public void close() {
        dialer.close();
    }
}
