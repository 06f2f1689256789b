package io.wstck.tck.autobahn.servers;

import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import java.util.Optional;

/**
 * Finds out that a server will pass no further case, so that a run against a dead one ends soon. A server may be late
 * only because several cases are played at a time. So what it leaves unanswered counts anew once each case is played
 * alone. Any thread.
 */
final class ServerHealth {
    /** The opening handshakes without an answer, one after the other, after which a server is given up. */
    private static final int MOST_UNANSWERED = 10;

    /** The same number once each case is played alone. A case is then late by the server's own fault. */
    private static final int MOST_UNANSWERED_ALONE = 3;

    /** The cases without one message after which a server is given up. */
    private static final int MOST_SILENT = 10;

    private int mostUnanswered = MOST_UNANSWERED;
    private int unanswered;
    private int silent;
    private boolean hasEchoed;

    /** Begins the part of the run in which each case is played alone. */
    synchronized void beginAlone() {
        mostUnanswered = MOST_UNANSWERED_ALONE;
        unanswered = 0;
    }

    /** Notes an opening handshake that timed out. */
    synchronized void noteUnanswered() {
        unanswered++;
    }

    /** Notes an opening handshake that was answered, well or not. */
    synchronized void noteAnswered() {
        unanswered = 0;
    }

    /** Notes a case that was played to its end. */
    synchronized void notePlayed(ExchangeRecord record) {
        hasEchoed |= record.received().messages() > 0;
        // Without compression a case of section 12 or 13 sends nothing.
        silent += record.sent().messages() > 0 ? 1 : 0;
    }

    /** The reason why the other cases need not be played, a sentence; empty while they do. */
    synchronized Optional<String> hopeless() {
        if (unanswered >= mostUnanswered) {
            return Optional.of("The case was not played: the server answered none of the " + unanswered
                    + " opening handshakes before it.");
        }
        return !hasEchoed && silent >= MOST_SILENT
                ? Optional.of(
                        "The case was not played: the server sent no message in the " + silent + " cases before it.")
                : Optional.empty();
    }
}
