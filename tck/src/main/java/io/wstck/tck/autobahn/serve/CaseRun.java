package io.wstck.tck.autobahn.serve;

import io.wstck.server.exchange.ExchangeRecord;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.Transport;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnJudge;
import io.wstck.tck.autobahn.CasePlayer;
import io.wstck.tck.autobahn.report.PlayedCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One run of a case for an agent, from its request to its verdict. */
final class CaseRun {
    private final Setup setup;
    private final ResultBoard board;
    private final CasePlayer player;
    private final String agent;
    private final AutobahnCase one;

    CaseRun(Setup setup, ResultBoard board, CasePlayer player, String agent, AutobahnCase one) {
        this.setup = setup;
        this.board = board;
        this.player = player;
        this.agent = agent;
        this.one = one;
    }

    /** Plays to the end, judges, and writes the report of this case. */
    void play(CasePlayer.Opening opening, HttpRequest request, HandshakeAnswer answer, Transport connection)
            throws InterruptedException {
        boolean judged = false;
        board.begin(agent, one.id());
        try {
            ExchangeRecord happened = player.play(one, opening, connection, Bytes.EMPTY);
            PlayedCase played = new PlayedCase(
                    agent,
                    one,
                    setup.plan().placeOf(one),
                    happened,
                    AutobahnJudge.judge(one, happened, setup.strictness()),
                    latin1(request.raw().orElse(Bytes.EMPTY)),
                    latin1(answer.bytesFor(request)));
            board.finish(setup.outDir().write(played));
            judged = true;
        } catch (IOException failure) {
            throw new UncheckedIOException("the report of case " + one.id() + " could not be written", failure);
        } finally {
            if (!judged) {
                board.abandon(agent, one.id());
            }
        }
    }

    private static String latin1(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }
}
