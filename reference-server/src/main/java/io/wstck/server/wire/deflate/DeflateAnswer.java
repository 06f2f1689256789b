package io.wstck.server.wire.deflate;

import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_BITS;
import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_NO_TAKEOVER;
import static io.wstck.server.wire.deflate.DeflateParameters.SERVER_BITS;
import static io.wstck.server.wire.deflate.DeflateParameters.SERVER_NO_TAKEOVER;

import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.deflate.Extension.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells how a server accepts permessage-deflate, and makes the header of its answer to a request. It gives only answers
 * that the client's offer allows.
 *
 * @param clientNoTakeover when the answer has {@code client_no_context_takeover}
 * @param serverWindowBits 8 to 15; absent: only if the offer demands it
 * @param clientWindowBits 8 to 15; absent: not in the answer
 */
public record DeflateAnswer(
        ContextTakeover serverTakeover,
        ParameterUse clientNoTakeover,
        OptionalInt serverWindowBits,
        OptionalInt clientWindowBits) {
    /** Tells whether the answer has the parameter {@code client_no_context_takeover}. */
    public enum ParameterUse {
        NEVER,
        ALWAYS,
        /** No client has a reason to refuse the parameter or to require it. */
        IF_OFFERED
    }

    /** Accepts without parameters of its own. */
    public static DeflateAnswer withoutParameters() {
        return new DeflateAnswer(ContextTakeover.SLIDING, ParameterUse.NEVER, OptionalInt.empty(), OptionalInt.empty());
    }

    /** Accepts with the context takeover parameters of the offer. */
    public static DeflateAnswer asOffered() {
        return new DeflateAnswer(
                ContextTakeover.SLIDING, ParameterUse.IF_OFFERED, OptionalInt.empty(), OptionalInt.empty());
    }

    /** The header that accepts the first offer that allows these parameters; empty when there is no such offer. */
    public Optional<Header> answer(HttpRequest request) {
        return DeflateOffer.wellFormed(request).stream()
                .filter(offer -> clientWindowBits.isEmpty() || offer.has(CLIENT_BITS))
                .findFirst()
                .map(offer -> new Header(Extension.HEADER, accept(offer).text()));
    }

    /**
     * Accepts {@code offer}. The answer contains every parameter that the offer demands of the server (RFC 7692
     * §7.1.1.1, §7.1.2.1).
     */
    private Extension accept(Extension offer) {
        List<Parameter> parameters = new ArrayList<>();
        if (serverTakeover == ContextTakeover.NONE || offer.has(SERVER_NO_TAKEOVER)) {
            parameters.add(new Parameter(SERVER_NO_TAKEOVER, Optional.empty()));
        }
        if (sendsClientNoTakeover(offer)) {
            parameters.add(new Parameter(CLIENT_NO_TAKEOVER, Optional.empty()));
        }
        OptionalInt demanded = bits(offer, SERVER_BITS);
        if (serverWindowBits.isPresent() || demanded.isPresent()) {
            parameters.add(bits(SERVER_BITS, serverWindowBits, demanded));
        }
        if (clientWindowBits.isPresent()) {
            parameters.add(bits(CLIENT_BITS, clientWindowBits, bits(offer, CLIENT_BITS)));
        }
        return Extension.deflate(parameters);
    }

    private boolean sendsClientNoTakeover(Extension offer) {
        return switch (clientNoTakeover) {
            case NEVER -> false;
            case ALWAYS -> true;
            case IF_OFFERED -> offer.has(CLIENT_NO_TAKEOVER);
        };
    }

    private static OptionalInt bits(Extension offer, String name) {
        return offer.value(name).map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Parameter bits(String name, OptionalInt set, OptionalInt offered) {
        int smaller = Math.min(set.orElse(DeflateParameters.MAX_BITS), offered.orElse(DeflateParameters.MAX_BITS));
        return new Parameter(name, Optional.of(String.valueOf(smaller)));
    }
}
