package io.wstck.tck.autobahn.serve;

import io.wstck.server.Route;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.Transport;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.CasePlayer;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.report.PlayedCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * One run of a case with an agent, from the answer to the request to the verdict. The result store knows of the run.
 *
 * @param answer the answer to {@code request}
 */
record CaseRun(
        AutobahnSettings settings,
        ResultStore results,
        CasePlayer player,
        String agent,
        AutobahnCase testCase,
        CasePlayer.NegotiatedHandshake opening,
        HttpRequest request,
        HandshakeAnswer answer)
        implements Route.UpgradedPlayer {
    /** Plays the case to its end, judges it, and writes its report. */
    @Override
    public void play(Transport connection) throws InterruptedException {
        boolean judged = false;
        try {
            ExchangeRecord exchange = player.play(testCase, opening, connection);
            // The end of the connection may be that of the driver, so it says nothing about the client.
            Optional<String> interruption = results.interruption();
            if (interruption.isPresent()) {
                settings.outDir().noteUnjudged(agent, testCase.id(), interruption.get());
                return;
            }
            PlayedCase played = PlayedCase.judged(
                    agent,
                    testCase,
                    settings.plan(),
                    settings.strictness(),
                    exchange,
                    request.raw().orElse(Bytes.EMPTY),
                    answer.bytesFor(request));
            results.finish(settings.outDir().write(played));
            judged = true;
        } catch (IOException failure) {
            throw new UncheckedIOException("the report of case " + testCase.id() + " could not be written", failure);
        } finally {
            if (!judged) {
                results.abandon(agent, testCase.id());
            }
        }
    }

    /** Abandons the run: the client was gone before the answer, so nothing can be judged. */
    @Override
    public void lost() {
        results.abandon(agent, testCase.id());
    }
}
