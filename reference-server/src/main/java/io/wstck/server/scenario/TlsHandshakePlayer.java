package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.journal.JournalEntry.TlsOutcome;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Transport.Interest;
import io.wstck.server.wire.tls.TlsFailedException;
import io.wstck.server.wire.tls.TlsTransport;

/** Plays the TLS handshake and journals its result. The player's thread only. */
final class TlsHandshakePlayer {
    private final TlsTransport tls;
    private final PlayedConnection connection;
    private final SessionSignals signals;

    TlsHandshakePlayer(TlsTransport tls, PlayedConnection connection, SessionSignals signals) {
        this.tls = tls;
        this.connection = connection;
        this.signals = signals;
    }

    /** Plays the handshake. Returns whether it succeeded. */
    boolean play() throws InterruptedException {
        Deadline idle = Deadline.in(PlayedConnection.IDLE_LIMIT);
        try {
            while (!tls.handshake()) {
                signals.stopIfAbandoned();
                if (signals.scriptEnded() || idle.hasPassed()) {
                    throw new TlsFailedException("the client had not finished the TLS handshake");
                }
                tls.await(Interest.READING, idle);
            }
        } catch (TlsFailedException failure) {
            connection.log().tls(TlsOutcome.FAILED, tls.facts(), failure.getMessage());
            connection.stages().beginStage(Decoder.bytes(connection.log()));
            if (failure.alert() == TlsFailedException.Alert.SENT) {
                // The sender of a fatal alert closes the connection (RFC 8446 §6.2).
                connection.endTcp(TcpEnd.FIN);
            }
            return false;
        }
        connection.log().tls(TlsOutcome.DONE, tls.facts(), "");
        return true;
    }
}
