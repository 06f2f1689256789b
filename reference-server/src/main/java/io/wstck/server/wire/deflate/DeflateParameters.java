package io.wstck.server.wire.deflate;

import io.wstck.server.wire.Header;
import java.util.List;
import java.util.Optional;

/**
 * What is in force on a connection (RFC 7692 §7.1).
 *
 * @param serverWindowBits 8 to 15, for what the server sends
 * @param clientWindowBits 8 to 15, for what the client sends
 */
public record DeflateParameters(
        ContextTakeover serverTakeover, ContextTakeover clientTakeover, int serverWindowBits, int clientWindowBits) {
    static final String SERVER_NO_TAKEOVER = "server_no_context_takeover";
    static final String CLIENT_NO_TAKEOVER = "client_no_context_takeover";
    static final String SERVER_BITS = "server_max_window_bits";
    static final String CLIENT_BITS = "client_max_window_bits";

    /** The smallest window, as its exponent. */
    public static final int MIN_BITS = 8;

    /** The largest window, as its exponent, and the one that is in force unless another is agreed on. */
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

    /** What an answer that was sent puts in force, legal or not: parameters that mean nothing are passed over. */
    public static Optional<DeflateParameters> inForce(List<Header> answer) {
        return answer.stream()
                .filter(header -> header.name().equalsIgnoreCase(Extension.HEADER))
                .flatMap(header -> Extension.readLeniently(header.value()).stream())
                .filter(Extension::isDeflate)
                .findFirst()
                .map(DeflateParameters::of);
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
