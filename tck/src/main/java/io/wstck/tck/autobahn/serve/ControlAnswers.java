package io.wstck.tck.autobahn.serve;

import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.scenario.Fragments;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.HandshakeAnswer.Subprotocol;
import io.wstck.server.scenario.PayloadSpec;
import io.wstck.server.scenario.Phrases;
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

/** How the server behaves on connections that play no case. Immutable. */
final class ControlAnswers {
    /** How long a driver may take to answer the close frame. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private static final int UPGRADE_REQUIRED = 426;

    private final Header server;
    private final List<String> protocols;

    /**
     * Answers as {@code server}.
     *
     * @param protocols subprotocols that are accepted
     */
    ControlAnswers(String server, List<String> protocols) {
        this.server = new Header("Server", server);
        this.protocols = List.copyOf(protocols);
    }

    /** The 101 to {@code request}. */
    HandshakeAnswer accepting(HttpRequest request, List<Header> more) {
        Subprotocol selected = request.elements("Sec-WebSocket-Protocol").stream()
                .filter(protocols::contains)
                .findFirst()
                .<Subprotocol>map(Subprotocol.Exactly::new)
                .orElse(Subprotocol.Offered.NONE);
        return HandshakeAnswer.accepting(selected, Optional.empty())
                .with(List.of(server))
                .with(more);
    }

    /** Says {@code text}, and closes. */
    Scenario saying(HttpRequest request, String text) {
        return closing(request, message(text));
    }

    /** Says something when there is something to say, and closes. */
    Scenario saying(HttpRequest request, CompletableFuture<String> later) {
        return closing(request, new Step.Tell(later.thenApply(ControlAnswers::message)));
    }

    /** Closes at once, with an empty close frame. */
    Scenario closing(HttpRequest request) {
        return ending(request, List.of(close()));
    }

    /** Closes with an empty close frame as soon as {@code done}. */
    Scenario closing(HttpRequest request, CompletableFuture<Void> done) {
        return ending(request, List.of(new Step.Tell(done.thenApply(_ -> close()))));
    }

    private Scenario closing(HttpRequest request, Step before) {
        return ending(request, List.of(before, close()));
    }

    private static Step.Send close() {
        return new Step.SendClose(PayloadSpec.of(Bytes.EMPTY));
    }

    private Scenario ending(HttpRequest request, List<Step> before) {
        List<Step> steps = new ArrayList<>(before);
        // Meanwhile the driver's close frame, his own or his answer, ends the connection.
        steps.add(new Step.Pause(CLOSE_WAIT));
        steps.add(new Step.EndTcp(TcpEnd.RST));
        return Scenario.of(accepting(request, List.of()), steps);
    }

    private static Step.Send message(String text) {
        return new Step.SendMessage(
                MessageType.TEXT,
                PayloadSpec.text(text),
                new Fragments.Whole(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of());
    }

    /** Refuses the request for a reason. */
    Scenario refusing(int status, String sentence) {
        List<Header> headers = new ArrayList<>(List.of(
                server, new Header("Content-Type", "text/plain; charset=utf-8"), new Header("Connection", "close")));
        if (status == UPGRADE_REQUIRED) {
            headers.add(new Header("Upgrade", "websocket"));
        }
        return Scenario.of(
                HandshakeAnswer.refusing(status, Phrases.of(status), headers).with(sentence + "\n"), List.of());
    }

    /** Refuses what is no opening handshake of a WebSocket, with how to use this server. */
    Scenario notAnUpgrade() {
        return refusing(
                UPGRADE_REQUIRED,
                "This is wstck as an Autobahn fuzzing server: WebSocket clients connect to /getCaseCount, to"
                        + " /runCase?case=N&agent=NAME for each N, and to /updateReports?agent=NAME.");
    }
}
