package io.wstck.client.protocol;

import io.wstck.client.CompressionMode;
import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.TakeoverMode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The client's offer of {@code permessage-deflate}, and the check of the server's answer (RFC 7692 §5, §7.1).
 *
 * @param clientWindowBits the largest window for the client's messages, 8 to 15; if empty,
 * {@code client_max_window_bits} is not offered
 */
public record DeflateOffer(CompressionMode mode, OptionalInt clientWindowBits) {
    private static final String NAME = "permessage-deflate";
    private static final String SERVER_NO_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_NO_TAKEOVER = "client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";

    /** Returns the value of the request's {@code Sec-WebSocket-Extensions}, or empty if nothing is offered. */
    Optional<String> header() {
        return switch (mode) {
            case DISABLED -> Optional.empty();
            case CONTEXT_TAKEOVER -> Optional.of(NAME + window());
            case NO_CONTEXT -> Optional.of(NAME + "; " + CLIENT_NO_TAKEOVER + "; " + SERVER_NO_TAKEOVER + window());
        };
    }

    /** §7.1.2.2: without a value the client accepts any window; a value is the largest window that it would use. */
    private String window() {
        if (clientWindowBits.isEmpty()) {
            return "";
        }
        int bits = clientWindowBits.getAsInt();
        return "; " + CLIENT_WINDOW + (bits == DeflateParameters.MAX_WINDOW_BITS ? "" : "=" + bits);
    }

    /**
     * Verifies a server's answer.
     *
     * @return the negotiated parameters; empty if the server has declined
     * @throws HandshakeException if the answer has an extension or a parameter that must not be in it
     */
    Optional<DeflateParameters> verify(List<Extension> answer) throws HandshakeException {
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        // RFC 6455 §4.1 (5): an extension that was not present in the client's handshake fails the connection.
        for (Extension extension : answer) {
            if (mode == CompressionMode.DISABLED || !extension.name().equals(NAME)) {
                throw invalidAnswer("no extension that was not offered, got " + PrintableText.plain(extension.name())
                        + " (RFC 6455 §4.1)");
            }
        }
        if (answer.size() > 1) {
            throw invalidAnswer(NAME + " once, got it " + answer.size() + " times (RFC 7692 §5)");
        }
        return Optional.of(negotiate(answer.getFirst().parameters()));
    }

    private DeflateParameters negotiate(List<Extension.Parameter> parameters) throws HandshakeException {
        Set<String> seen = new HashSet<>();
        int bits = clientWindowBits.orElse(DeflateParameters.MAX_WINDOW_BITS);
        for (Extension.Parameter parameter : parameters) {
            // §7.1: a response with an invalid parameter, or one with an invalid value, or several of one name.
            if (!isLegal(parameter)) {
                throw invalidAnswer("parameters of " + NAME + " as defined, and none that needs an offer, got "
                        + PrintableText.plain(parameter.toString()) + " (RFC 7692 §7.1)");
            }
            if (!seen.add(parameter.name())) {
                throw invalidAnswer(
                        "each parameter of " + NAME + " once, got " + parameter.name() + " again (RFC 7692 §7.1)");
            }
            if (parameter.name().equals(CLIENT_WINDOW)) {
                bits = Math.min(bits, Integer.parseInt(parameter.value().orElseThrow()));
            }
        }
        boolean clientKeepsWindow = mode == CompressionMode.CONTEXT_TAKEOVER && !seen.contains(CLIENT_NO_TAKEOVER);
        // A server that does not confirm the request may keep its window. Inflating works in both cases.
        boolean serverKeepsWindow = !seen.contains(SERVER_NO_TAKEOVER);
        return new DeflateParameters(
                clientKeepsWindow ? TakeoverMode.SLIDING : TakeoverMode.RESET,
                serverKeepsWindow ? TakeoverMode.SLIDING : TakeoverMode.RESET,
                bits);
    }

    private boolean isLegal(Extension.Parameter parameter) {
        return switch (parameter.name()) {
            // §7.1.1: no value.
            case SERVER_NO_TAKEOVER, CLIENT_NO_TAKEOVER -> parameter.value().isEmpty();
            // §7.1.2.1: a decimal integer without leading zeros between 8 and 15.
            case SERVER_WINDOW -> isWindow(parameter);
            // §7.1.2.2: client_max_window_bits must not be in the answer unless it was in the offer.
            case CLIENT_WINDOW -> clientWindowBits.isPresent() && isWindow(parameter);
            default -> false;
        };
    }

    private static boolean isWindow(Extension.Parameter parameter) {
        return parameter.value().orElse("").matches("[89]|1[0-5]");
    }

    private static HandshakeException invalidAnswer(String expected) {
        return new HandshakeException("response header Sec-WebSocket-Extensions: expected " + expected);
    }
}
