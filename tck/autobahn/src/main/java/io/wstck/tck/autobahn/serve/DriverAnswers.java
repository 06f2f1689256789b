package io.wstck.tck.autobahn.serve;

import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.scenario.Fragmentation;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.HandshakeAnswer.SubprotocolSelection;
import io.wstck.server.scenario.PayloadSpec;
import io.wstck.server.scenario.ReasonPhrases;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Step;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Builds the server's answers and scenarios for connections of a driver, mostly those that play no case. Immutable. */
final class DriverAnswers {
    /** The time limit for a driver to answer the close frame. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private static final int UPGRADE_REQUIRED = 426;

    private final Header server;
    private final List<String> protocols;

    /**
     * Answers with {@code server} in the Server header.
     *
     * @param protocols the accepted subprotocols
     */
    DriverAnswers(String server, List<String> protocols) {
        this.server = new Header("Server", server);
        this.protocols = List.copyOf(protocols);
    }

    /** The 101 answer to {@code request}. */
    HandshakeAnswer acceptance(HttpRequest request, List<Header> more) {
        SubprotocolSelection selected = request.elements("Sec-WebSocket-Protocol").stream()
                .filter(protocols::contains)
                .findFirst()
                .<SubprotocolSelection>map(SubprotocolSelection.FixedToken::new)
                .orElse(SubprotocolSelection.OfferPosition.NONE);
        return HandshakeAnswer.accepting(selected, Optional.empty())
                .withHeaders(List.of(server))
                .withHeaders(more);
    }

    /** Sends {@code text}, and closes. */
    Scenario textScenario(HttpRequest request, String text) {
        return closeScenario(request, message(text));
    }

    /** Sends a text as soon as it is available, and closes. */
    Scenario textScenario(HttpRequest request, CompletableFuture<String> later) {
        return closeScenario(request, new Step.Tell(later.thenApply(DriverAnswers::message)));
    }

    /** Closes at once, with an empty close frame. */
    Scenario closeScenario(HttpRequest request) {
        return scenario(request, List.of(close()));
    }

    /** Closes with an empty close frame as soon as {@code done} completes. */
    Scenario closeScenario(HttpRequest request, CompletableFuture<Void> done) {
        return scenario(request, List.of(new Step.Tell(done.thenApply(_ -> close()))));
    }

    private Scenario closeScenario(HttpRequest request, Step first) {
        return scenario(request, List.of(first, close()));
    }

    private static Step.Send close() {
        return new Step.SendClose(PayloadSpec.of(Bytes.EMPTY));
    }

    private Scenario scenario(HttpRequest request, List<Step> first) {
        List<Step> steps = new ArrayList<>(first);
        // The driver's close frame ends the connection earlier.
        steps.add(new Step.Pause(CLOSE_WAIT));
        steps.add(new Step.EndTcp(TcpEnd.RST));
        return Scenario.of(acceptance(request, List.of()), steps);
    }

    private static Step.Send message(String text) {
        return new Step.SendMessage(
                MessageType.TEXT,
                PayloadSpec.text(text),
                new Fragmentation.SingleFrame(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of());
    }

    /** Refuses the request with a status and a reason. */
    Scenario refusal(int status, String sentence) {
        List<Header> headers = new ArrayList<>(List.of(
                server, new Header("Content-Type", "text/plain; charset=utf-8"), new Header("Connection", "close")));
        if (status == UPGRADE_REQUIRED) {
            headers.add(new Header("Upgrade", "websocket"));
        }
        return Scenario.of(
                HandshakeAnswer.refusing(status, ReasonPhrases.of(status), headers)
                        .withBody(sentence + "\n"),
                List.of());
    }

    /** Refuses a request that is not an opening handshake, and explains how to use this server. */
    Scenario upgradeRefusal() {
        return refusal(
                UPGRADE_REQUIRED,
                "This is wstck as an Autobahn fuzzing server: WebSocket clients connect to /getCaseCount, to"
                        + " /runCase?case=N&agent=NAME for each N, and to /updateReports?agent=NAME.");
    }
}
