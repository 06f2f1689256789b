package io.wstck.server;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.wstck.server.endpoint.EndpointAnswer;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalListener;
import io.wstck.server.journal.JournalRecorder;
import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.EndpointTarget;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.ScenarioPlayer;
import io.wstck.server.scenario.SessionSignals;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Answers HTTP requests for endpoints: finds the endpoint's scenario, and plays it on the connection of the request. A
 * request to an endpoint's own URL has no session and no journal.
 */
final class EndpointHandler implements AutoCloseable {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private static final ConnectionId ENDPOINT = new ConnectionId("endpoint", 0);
    private static final Executor SAME_THREAD = Runnable::run;

    private final JournalRecorder keeper;
    private final LiveFeed feed;
    private final ActiveConnections connections;

    EndpointHandler(ServerLimits limits, LiveFeed feed) {
        this.feed = feed;
        keeper = new JournalRecorder(
                JournalRecorder.JournalRetention.NOTHING, limits.memory().journals());
        connections = new ActiveConnections(
                new SessionSignals(limits.gracePeriods().grace()),
                limits,
                new ConnectionQuota(limits.connections()),
                () -> {});
    }

    void handle(HttpServerExchange exchange, String path) {
        switch (Endpoints.answer(path, exchange.getQueryString(), SharedPort.requestOf(exchange))) {
            case EndpointAnswer.NotFound _ ->
                Replies.text(exchange, 404, "Nothing is at this path. The page / lists all paths.\n");
            case EndpointAnswer.BadQuery bad -> Replies.text(exchange, 400, bad.sentence() + "\n");
            case EndpointAnswer.Play play -> play(exchange, play.scenario());
        }
    }

    /** Plays an endpoint as a server of a session, with the session's journal. */
    void play(HttpServerExchange exchange, EndpointTarget target, AdmittedConnection admission) {
        switch (Endpoints.answer(target.path(), target.query(), SharedPort.requestOf(exchange))) {
            case EndpointAnswer.Play play -> play(exchange, play.scenario(), admission);
            case EndpointAnswer.BadQuery bad -> refuse(exchange, bad.sentence(), admission);
            case EndpointAnswer.NotFound _ -> refuse(exchange, "There is no endpoint " + target + ".", admission);
        }
    }

    /** Answers 500: the endpoint was valid when the session was opened, so this is a fault of the server. */
    private static void refuse(HttpServerExchange exchange, String sentence, AdmittedConnection admission) {
        admission.log().serverFailed(sentence);
        admission.end();
        Replies.text(exchange, 500, sentence + "\n");
    }

    private void play(HttpServerExchange exchange, Scenario scenario) {
        Optional<AdmittedConnection> admission = connections.admit(
                AcceptLoop.peer(exchange), () -> new ConnectionLog(keeper, ENDPOINT, openListener(exchange)));
        if (admission.isEmpty()) {
            Replies.text(
                    exchange, 503, "The limit of connections to endpoints is reached, in all or for this address.\n");
        } else {
            play(exchange, HandshakeRefusal.inPlaceOf(scenario, SharedPort.requestOf(exchange)), admission.get());
        }
    }

    private JournalListener openListener(HttpServerExchange exchange) {
        return feed.connectionOpened(SharedPort.requestOf(exchange).target());
    }

    private static void play(HttpServerExchange exchange, Scenario scenario, AdmittedConnection admission) {
        if (scenario.listener() == Scenario.ListenerKind.SHARED) {
            SharedPort.play(exchange, scenario, admission);
        } else {
            takeOver(exchange, scenario, admission);
        }
    }

    /** Plays on the connection below HTTP. Undertow does not answer the request. */
    private static void takeOver(HttpServerExchange exchange, Scenario scenario, AdmittedConnection admission) {
        if (!(exchange.getConnection() instanceof AbstractServerConnection connection)) {
            admission.end();
            Replies.text(exchange, 505, "This needs a connection of HTTP/1.1.\n");
            return;
        }
        admission.log().tcpOpened();
        admission.log().request(SharedPort.requestOf(exchange));
        exchange.dispatch(
                SAME_THREAD,
                () -> admission.play(
                        connection.getChannel(),
                        (transport, context) -> ScenarioPlayer.fromTcp(transport, scenario, context)::play));
    }

    @Override
    public void close() {
        connections.close();
        try {
            var _ = connections.awaitAllEnded(CLOSE_WAIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
