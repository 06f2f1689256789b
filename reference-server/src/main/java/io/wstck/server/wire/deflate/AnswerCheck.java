package io.wstck.server.wire.deflate;

import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_BITS;

import io.wstck.server.wire.Header;
import io.wstck.server.wire.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answer to an offer of permessage-deflate: what makes it one that a client must refuse (RFC 7692 §7.1). Stateless. */
public final class AnswerCheck {
    private AnswerCheck() {}

    /**
     * What is wrong with an answer as far as permessage-deflate is concerned, in words; empty where nothing is.
     *
     * @param request the headers that it answers; absent where they are not known: nothing is then compared with the offer
     */
    public static Optional<String> problem(List<Header> answer, Optional<List<Header>> request) {
        List<Extension> accepted = new ArrayList<>();
        for (Header header : answer) {
            if (header.name().equalsIgnoreCase(Extension.HEADER)) {
                try {
                    accepted.addAll(Extension.read(header.value()));
                } catch (Extension.MalformedException malformed) {
                    return Optional.of(malformed.getMessage());
                }
            }
        }
        List<Extension> deflate = accepted.stream().filter(Extension::isDeflate).toList();
        if (deflate.size() > 1) {
            return Optional.of("permessage-deflate is given twice");
        }
        return deflate.stream()
                .findFirst()
                .flatMap(one -> parameters(one).or(() -> request.flatMap(headers -> unasked(one, headers))));
    }

    private static Optional<String> parameters(Extension answer) {
        Optional<String> problem = DeflateOffer.problem(answer);
        return problem.isPresent()
                        || !answer.has(CLIENT_BITS)
                        || answer.value(CLIENT_BITS).isPresent()
                ? problem
                : Optional.of(CLIENT_BITS + " without a value");
    }

    private static Optional<String> unasked(Extension answer, List<Header> request) {
        List<Extension> offers = request.stream()
                .filter(header -> header.name().equalsIgnoreCase(Extension.HEADER))
                .flatMap(header -> Extension.readLeniently(header.value()).stream())
                .filter(offer -> offer.name().equals(answer.name()))
                .toList();
        if (offers.isEmpty()) {
            return Optional.of(Shown.text(answer.name()) + " was not offered");
        }
        return answer.has(CLIENT_BITS) && offers.stream().noneMatch(offer -> offer.has(CLIENT_BITS))
                ? Optional.of(CLIENT_BITS + " was not offered")
                : Optional.empty();
    }
}
