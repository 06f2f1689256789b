package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.journal.JournalEntry.TlsOutcome;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Transport.Interest;
import io.wstck.server.wire.tls.TlsFailedException;
import io.wstck.server.wire.tls.TlsTransport;

/** Plays the TLS handshake, and journals how it went. The player's thread only. */
final class TlsStage {
    private final TlsTransport tls;
    private final Link link;
    private final ScriptSignal script;

    TlsStage(TlsTransport tls, Link link, ScriptSignal script) {
        this.tls = tls;
        this.link = link;
        this.script = script;
    }

    /** Whether TLS is spoken from here on. */
    boolean play() throws InterruptedException {
        Deadline idle = Deadline.in(Incoming.IDLE);
        try {
            while (!tls.handshake()) {
                script.stopIfAbandoned();
                if (script.ended() || idle.passed()) {
                    throw new TlsFailedException("the client had not finished the TLS handshake");
                }
                tls.await(Interest.READING, idle);
            }
        } catch (TlsFailedException failure) {
            link.log().tls(TlsOutcome.FAILED, tls.facts(), failure.getMessage());
            link.decodeWith(Decoder.bytes(link.log()));
            if (failure.alert() == TlsFailedException.Alert.SENT) {
                // Whoever sends a fatal alert closes the connection (RFC 8446 §6.2).
                link.end(TcpEnd.FIN);
            }
            return false;
        }
        link.log().tls(TlsOutcome.DONE, tls.facts(), "");
        return true;
    }
}
