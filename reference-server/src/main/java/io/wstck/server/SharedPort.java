package io.wstck.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.HandshakeAnswer.AfterAnswer;
import io.wstck.server.scenario.ReasonPhrases;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.ScenarioPlayer;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.handshake.HandshakeRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xnio.Options;
import org.xnio.StreamConnection;

/**
 * Plays the scenario of a request that came to the main port, which all sessions share. Undertow reads the request,
 * writes the answer and passes on the raw connection.
 */
final class SharedPort {
    private static final int UPGRADE_REQUIRED = 426;

    private SharedPort() {}

    /** The request as Undertow has parsed it. */
    static HttpRequest requestOf(HttpServerExchange exchange) {
        String query = exchange.getQueryString().isEmpty() ? "" : "?" + exchange.getQueryString();
        String target = exchange.getRequestURI() + query;
        String method = exchange.getRequestMethod().toString();
        List<Header> headers = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach(values -> values.forEach(
                        value -> headers.add(new Header(values.getHeaderName().toString(), value))));
        String line = method + " " + target + " " + exchange.getProtocol();
        return new HttpRequest(line, method, target, headers, Optional.empty());
    }

    /** Answers the handshake as the scenario says, and plays its steps if frames follow. */
    static void play(HttpServerExchange exchange, Scenario scenario, AdmittedConnection admission) {
        HttpRequest request = requestOf(exchange);
        ConnectionLog log = admission.log();
        log.tcpOpened();
        log.request(request);
        HandshakeRules.check(request).forEach(log::violation);
        HandshakeAnswer answer = scenario.handshake();
        if (answer.status() != HandshakeAnswer.SWITCHING_PROTOCOLS) {
            refuse(exchange, answer, request, admission);
        } else if (request.elements("Upgrade").stream().noneMatch("websocket"::equalsIgnoreCase)) {
            HandshakeAnswer notAnUpgrade = HandshakeAnswer.refusing(
                    UPGRADE_REQUIRED, ReasonPhrases.of(UPGRADE_REQUIRED), List.of(new Header("Upgrade", "websocket")));
            refuse(exchange, notAnUpgrade, request, admission);
        } else {
            accept(exchange, scenario, request, admission);
        }
    }

    /** The status line that Undertow sends, with the HTTP version of the request. */
    private static String statusLine(HttpServerExchange exchange, HandshakeAnswer answer) {
        return exchange.getProtocol() + " " + answer.status() + " " + answer.phrase();
    }

    private static void refuse(
            HttpServerExchange exchange, HandshakeAnswer answer, HttpRequest request, AdmittedConnection admission) {
        List<Header> headers = answer.headersFor(request);
        admission.log().response(statusLine(exchange, answer), answer.status(), headers);
        exchange.setStatusCode(answer.status());
        exchange.setReasonPhrase(answer.phrase());
        exchange.setPersistent(answer.after() == AfterAnswer.KEEP_OPEN);
        headers.forEach(header -> exchange.getResponseHeaders().add(new HttpString(header.name()), header.value()));
        // After a refusal Undertow owns the connection again, and its end of TCP counts as the server's.
        exchange.addExchangeCompleteListener((done, next) -> {
            if (answer.after() == AfterAnswer.END) {
                admission.log().serverEnded(TcpEnd.FIN, EndCause.SCENARIO);
            }
            admission.end();
            next.proceed();
        });
        exchange.getResponseSender().send(answer.bodyBytes().buffer());
    }

    private static void accept(
            HttpServerExchange exchange, Scenario scenario, HttpRequest request, AdmittedConnection admission) {
        List<Header> headers = scenario.handshake().headersFor(request);
        admission
                .log()
                .response(statusLine(exchange, scenario.handshake()), HandshakeAnswer.SWITCHING_PROTOCOLS, headers);
        Optional<DeflateParameters> deflate = DeflateParameters.fromAnswer(headers);
        // The player never starts if the client is gone before the answer is sent.
        exchange.getConnection().addCloseListener(_ -> admission.endUnplayed());
        exchange.upgradeChannel((connection, _) -> admission.play(
                connection,
                (transport, context) -> ScenarioPlayer.fromUpgrade(transport, scenario, deflate, context)::play));
        exchange.getResponseHeaders().clear();
        headers.forEach(header -> exchange.getResponseHeaders().add(new HttpString(header.name()), header.value()));
        exchange.setReasonPhrase(scenario.handshake().phrase());
        exchange.endExchange();
    }

    /** Ends a connection that will not be played with RST. */
    static void reset(StreamConnection connection) {
        try {
            connection.setOption(Options.CLOSE_ABORT, true);
            connection.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("a refused connection could not be reset", failure);
        }
    }
}
