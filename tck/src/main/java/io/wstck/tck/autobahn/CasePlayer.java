package io.wstck.tck.autobahn;

import io.wstck.server.exchange.ExchangePlayer;
import io.wstck.server.exchange.ExchangeRecord;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.HandshakeRules;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.util.List;
import java.util.Optional;

/** Plays cases on connections of clients that echo. Any thread; what all of them hold of clients' messages is one budget. */
public final class CasePlayer {
    private final MemoryBudget memory;

    /** Plays within {@code memory}. */
    public CasePlayer(MemoryBudget memory) {
        this.memory = memory;
    }

    /**
     * What a case makes of the opening handshake.
     *
     * @param extensions the header to put into the 101 answer; empty when no extension is accepted
     * @param deflate what that header puts in force
     * @param violations by the client's request
     */
    public record Opening(
            Optional<Header> extensions, Optional<DeflateParameters> deflate, List<Violation> violations) {
        public Opening {
            violations = List.copyOf(violations);
        }
    }

    /** How to answer {@code request} for {@code one}; nothing is sent. */
    public static Opening open(AutobahnCase one, HttpRequest request) {
        Optional<Header> extensions = one.deflate().stream()
                .flatMap(answer -> answer.answer(request).stream())
                .findFirst();
        return new Opening(
                extensions,
                extensions.flatMap(header -> DeflateParameters.inForce(List.of(header))),
                HandshakeRules.check(request));
    }

    /**
     * Plays {@code one} to the end of the connection, which is released in any case. Blocks: a thread, virtual or not, a
     * connection.
     *
     * @param connection the 101 answer is already sent on it, or queued before what is written next
     * @param early what the client sent behind its request and was read already
     * @throws InterruptedException when the thread was interrupted; the connection is reset then
     */
    public ExchangeRecord play(AutobahnCase one, Opening opening, Transport connection, Bytes early)
            throws InterruptedException {
        ExchangePlayer.Handshaken handshaken =
                new ExchangePlayer.Handshaken(opening.deflate(), opening.violations(), early);
        return new ExchangePlayer(connection, handshaken, memory).play(one.exchange());
    }
}
