package io.wstck.server.wire.deflate;

import io.wstck.server.wire.Header;
import io.wstck.server.wire.NegotiatedCompression;
import java.util.List;
import java.util.Optional;

/**
 * The permessage-deflate parameters in force on a connection (RFC 7692 §7.1).
 *
 * @param serverWindowBits 8 to 15, for messages of the server
 * @param clientWindowBits 8 to 15, for messages of the client
 */
public record DeflateParameters(
        ContextTakeover serverTakeover, ContextTakeover clientTakeover, int serverWindowBits, int clientWindowBits)
        implements NegotiatedCompression {
    static final String SERVER_NO_TAKEOVER = "server_no_context_takeover";
    static final String CLIENT_NO_TAKEOVER = "client_no_context_takeover";
    static final String SERVER_BITS = "server_max_window_bits";
    static final String CLIENT_BITS = "client_max_window_bits";

    /** The exponent of the smallest window. */
    public static final int MIN_BITS = 8;

    /** The exponent of the largest window, which is the default. */
    public static final int MAX_BITS = 15;

    public DeflateParameters {
        if (serverWindowBits < MIN_BITS
                || serverWindowBits > MAX_BITS
                || clientWindowBits < MIN_BITS
                || clientWindowBits > MAX_BITS) {
            throw new IllegalArgumentException("window bits: expected 8 to 15, got " + serverWindowBits
                    + " for the server and " + clientWindowBits + " for the client");
        }
    }

    /**
     * The parameters that an answer puts in force, legal or not. Unknown parameters are ignored. Absent when the answer
     * does not accept permessage-deflate.
     */
    public static Optional<DeflateParameters> fromAnswer(List<Header> answer) {
        return answer.stream()
                .filter(header -> header.name().equalsIgnoreCase(Extension.HEADER))
                .flatMap(header -> Extension.parseLeniently(header.value()).stream())
                .filter(Extension::isDeflate)
                .findFirst()
                .map(DeflateParameters::of);
    }

    /**
     * The same parameters with the roles exchanged. {@link MessageInflater} reads the messages of a client, and
     * {@link StreamCompressor} makes those of a server; under these parameters they serve the other side.
     */
    public DeflateParameters mirrored() {
        return new DeflateParameters(clientTakeover, serverTakeover, clientWindowBits, serverWindowBits);
    }

    @Override
    public MessageInflater newInflater(int limit) {
        return new MessageInflater(this, limit);
    }

    private static DeflateParameters of(Extension answer) {
        return new DeflateParameters(
                takeover(answer, SERVER_NO_TAKEOVER),
                takeover(answer, CLIENT_NO_TAKEOVER),
                bits(answer, SERVER_BITS),
                bits(answer, CLIENT_BITS));
    }

    private static ContextTakeover takeover(Extension answer, String name) {
        return answer.has(name) ? ContextTakeover.NONE : ContextTakeover.SLIDING;
    }

    private static int bits(Extension answer, String name) {
        return answer.value(name)
                .filter(Extension::isWindowBits)
                .map(Integer::parseInt)
                .orElse(MAX_BITS);
    }
}
