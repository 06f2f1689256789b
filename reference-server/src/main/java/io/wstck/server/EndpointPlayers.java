package io.wstck.server;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.wstck.server.endpoint.EndpointAnswer;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalKeeper;
import io.wstck.server.journal.JournalWatch;
import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.EndpointTarget;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.ScenarioPlayer;
import io.wstck.server.scenario.ScriptSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Plays the endpoints that have a URL of their own. No session, no journal: their client is a person or a demo. */
final class EndpointPlayers implements AutoCloseable {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private static final ConnectionId ENDPOINT = new ConnectionId("endpoint", 0);
    private static final Executor HERE = Runnable::run;

    private final JournalKeeper keeper;
    private final LiveFeed feed;
    private final Players players;

    EndpointPlayers(ServerLimits limits, LiveFeed feed) {
        this.feed = feed;
        keeper = new JournalKeeper(JournalKeeper.Kept.NOTHING, limits.memory().journals());
        players = new Players(
                new ScriptSignal(limits.waits().grace()), limits, new AddressShares(limits.connections()), () -> {});
    }

    void handle(HttpServerExchange exchange, String path) {
        switch (Endpoints.answer(path, exchange.getQueryString(), SharedPort.requestOf(exchange))) {
            case EndpointAnswer.NotFound _ ->
                Replies.text(exchange, 404, "There is nothing at this path; / lists what there is.\n");
            case EndpointAnswer.BadQuery bad -> Replies.text(exchange, 400, bad.sentence() + "\n");
            case EndpointAnswer.Play play -> play(exchange, play.scenario());
        }
    }

    /** Plays an endpoint as a server of a session, whose evidence it is. */
    void play(HttpServerExchange exchange, EndpointTarget target, Admission admission) {
        switch (Endpoints.answer(target.path(), target.query(), SharedPort.requestOf(exchange))) {
            case EndpointAnswer.Play play -> play(exchange, play.scenario(), admission);
            case EndpointAnswer.BadQuery bad -> refuse(exchange, bad.sentence(), admission);
            case EndpointAnswer.NotFound _ -> refuse(exchange, "There is no endpoint " + target + ".", admission);
        }
    }

    /** The session was opened with an endpoint that is in order: that it no longer is, is the server's fault. */
    private static void refuse(HttpServerExchange exchange, String sentence, Admission admission) {
        admission.log().trouble(sentence);
        admission.end();
        Replies.text(exchange, 500, sentence + "\n");
    }

    private void play(HttpServerExchange exchange, Scenario scenario) {
        Optional<Admission> admission =
                players.admit(Acceptor.peer(exchange), () -> new ConnectionLog(keeper, ENDPOINT, watch(exchange)));
        if (admission.isEmpty()) {
            Replies.text(
                    exchange,
                    503,
                    "There are as many connections to endpoints as the server takes, in all or of this address.\n");
        } else {
            play(exchange, scenario, admission.get());
        }
    }

    private JournalWatch watch(HttpServerExchange exchange) {
        return feed.opened(SharedPort.requestOf(exchange).target());
    }

    private static void play(HttpServerExchange exchange, Scenario scenario, Admission admission) {
        if (scenario.listener() == Scenario.Listener.SHARED) {
            SharedPort.play(exchange, scenario, admission);
        } else {
            takeOver(exchange, scenario, admission);
        }
    }

    /** Plays on the connection below HTTP: the request that was read is never answered by HTTP's means. */
    private static void takeOver(HttpServerExchange exchange, Scenario scenario, Admission admission) {
        if (!(exchange.getConnection() instanceof AbstractServerConnection connection)) {
            admission.end();
            Replies.text(exchange, 505, "This needs a connection of HTTP/1.1.\n");
            return;
        }
        admission.log().tcpOpened();
        admission.log().request(SharedPort.requestOf(exchange));
        exchange.dispatch(
                HERE,
                () -> admission.play(
                        connection.getChannel(),
                        (transport, context) -> ScenarioPlayer.fromTcp(transport, scenario, context)::play));
    }

    @Override
    public void close() {
        players.close();
        try {
            var _ = players.awaitNone(CLOSE_WAIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
