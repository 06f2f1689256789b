package io.wstck.tck.autobahn;

import io.wstck.server.dial.DialException;
import io.wstck.server.dial.OpeningResult;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateDemand;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.handshake.HandshakeRules;
import io.wstck.tck.autobahn.exchange.ExchangePlayer;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.probe.ProbePlayer;
import io.wstck.tck.autobahn.probe.ProbeRecord;
import io.wstck.tck.autobahn.probe.ServerAccess;
import java.util.List;
import java.util.Optional;

/**
 * Decides the handshake answer or offer for a case, and plays the case on the connection of a peer that echoes. Any
 * thread. All exchanges share one memory budget for the peers' messages.
 */
public final class CasePlayer {
    private final MemoryBudget memory;

    /** Plays within {@code memory}. */
    public CasePlayer(MemoryBudget memory) {
        this.memory = memory;
    }

    /** Plays within the share of the heap that the reference server has. Copies and sent messages need the rest. */
    public static CasePlayer withServerMemory() {
        return new CasePlayer(new MemoryBudget(Runtime.getRuntime().maxMemory() / 4));
    }

    /**
     * The kit's answer to an opening handshake, as far as the case decides it.
     *
     * @param extensions the extension header of the 101 answer; empty when no extension is accepted
     * @param deflate the negotiated parameters
     * @param violations the violations in the peer's request
     */
    public record NegotiatedHandshake(
            Optional<Header> extensions, Optional<DeflateParameters> deflate, List<Violation> violations) {
        public NegotiatedHandshake {
            violations = List.copyOf(violations);
        }
    }

    /** The header that offers a server what the case needs; empty for a case without compression. */
    public static Optional<Header> offer(AutobahnCase testCase) {
        return testCase.deflate().isEmpty() ? Optional.empty() : Optional.of(DeflateDemand.offer(demands(testCase)));
    }

    /** The offers of the case in the order of preference. */
    public static List<DeflateDemand> demands(AutobahnCase testCase) {
        return testCase.deflate().stream().map(PeerCompression::asOffer).toList();
    }

    /** Decides the answer to {@code request} for the case, and sends nothing. */
    public static NegotiatedHandshake open(AutobahnCase testCase, HttpRequest request) {
        Optional<Header> extensions = testCase.deflate().stream()
                .flatMap(choice -> choice.asAnswer().answer(request).stream())
                .findFirst();
        return new NegotiatedHandshake(
                extensions,
                extensions.flatMap(header -> DeflateParameters.fromAnswer(List.of(header))),
                HandshakeRules.check(request));
    }

    /**
     * Plays the case to the end of the connection, and always releases the connection. Blocks: one thread per
     * connection, virtual or not.
     *
     * @param connection a connection on which the 101 answer is sent, or queued
     * @throws InterruptedException if the thread was interrupted; the connection is then reset
     */
    public ExchangeRecord play(AutobahnCase testCase, NegotiatedHandshake opening, Transport connection)
            throws InterruptedException {
        ExchangePlayer.HandshakeOutcome handshaken =
                new ExchangePlayer.HandshakeOutcome(EndpointRole.CLIENT, opening.deflate(), opening.violations());
        return new ExchangePlayer(connection, handshaken, memory).play(testCase.exchange());
    }

    /**
     * Plays the connections of the case that come before the judged one. Blocks: one thread per case, virtual or not.
     *
     * @throws DialException when the server cannot be connected to
     * @throws InterruptedException if the thread was interrupted; the connection is then reset
     */
    public ProbeRecord playProbes(AutobahnCase testCase, ServerAccess server)
            throws DialException, InterruptedException {
        return new ProbePlayer(server, memory).play(testCase.probes());
    }

    /**
     * Plays the case against a server to the end of the connection, and always releases the connection. Blocks: one
     * thread per connection, virtual or not.
     *
     * @throws InterruptedException if the thread was interrupted; the connection is then reset
     */
    public ExchangeRecord play(AutobahnCase testCase, OpeningResult.Opened opening) throws InterruptedException {
        ExchangePlayer.HandshakeOutcome handshaken =
                new ExchangePlayer.HandshakeOutcome(EndpointRole.SERVER, opening.deflate(), opening.violations());
        return new ExchangePlayer(opening.connection(), handshaken, memory).play(testCase.exchange());
    }
}
