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
 * With which parameters a server accepts permessage-deflate; always so that the answer is one that the offer allows.
 *
 * @param clientNoTakeover whether the answer says {@code client_no_context_takeover}
 * @param serverWindowBits 8 to 15, or none said
 * @param clientWindowBits 8 to 15, or none said
 */
public record DeflateAnswer(
        ContextTakeover serverTakeover,
        Said clientNoTakeover,
        OptionalInt serverWindowBits,
        OptionalInt clientWindowBits) {
    /** When an answer says a parameter. */
    public enum Said {
        NEVER,
        ALWAYS,
        /** Then no client can have a reason to refuse it, or to miss it. */
        IF_OFFERED
    }

    /** Accepts, and asks for nothing. */
    public static DeflateAnswer plain() {
        return new DeflateAnswer(ContextTakeover.SLIDING, Said.NEVER, OptionalInt.empty(), OptionalInt.empty());
    }

    /** Accepts, with those of the parameters about context takeover that the offer has. */
    public static DeflateAnswer asOffered() {
        return new DeflateAnswer(ContextTakeover.SLIDING, Said.IF_OFFERED, OptionalInt.empty(), OptionalInt.empty());
    }

    /** The header that accepts the first offer that allows these parameters; empty when none does, or there is none. */
    public Optional<Header> answer(HttpRequest request) {
        return DeflateOffer.wellFormed(request).stream()
                .filter(offer -> clientWindowBits.isEmpty() || offer.has(CLIENT_BITS))
                .findFirst()
                .map(offer -> new Header(Extension.HEADER, accept(offer).text()));
    }

    /** What the offer demands of the server is in the answer, whether it was set or not (RFC 7692 §7.1.1.1, §7.1.2.1). */
    private Extension accept(Extension offer) {
        List<Parameter> parameters = new ArrayList<>();
        if (serverTakeover == ContextTakeover.NONE || offer.has(SERVER_NO_TAKEOVER)) {
            parameters.add(new Parameter(SERVER_NO_TAKEOVER, Optional.empty()));
        }
        if (saysClientNoTakeover(offer)) {
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

    private boolean saysClientNoTakeover(Extension offer) {
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
