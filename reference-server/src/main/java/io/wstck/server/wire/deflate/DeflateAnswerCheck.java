package io.wstck.server.wire.deflate;

import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_BITS;

import io.wstck.server.wire.Header;
import io.wstck.server.wire.PrintableExcerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether a client must refuse the permessage-deflate answer that a scenario gives (RFC 7692 §7.1). Stateless.
 */
public final class DeflateAnswerCheck {
    private DeflateAnswerCheck() {}

    /**
     * The reason why a client must refuse the answer, in words; empty when it may accept it.
     *
     * @param request the headers of the request; when they are absent, the answer is not compared with the offer
     */
    public static Optional<String> problem(List<Header> answer, Optional<List<Header>> request) {
        List<Extension> accepted = new ArrayList<>();
        for (Header header : answer) {
            if (header.name().equalsIgnoreCase(Extension.HEADER)) {
                try {
                    accepted.addAll(Extension.parse(header.value()));
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

    /**
     * The reason why a client must refuse the answer: that of {@link #problem}, a malformed header, or an extension
     * that the request does not offer (RFC 6455 §4.1).
     */
    public static Optional<String> problemForClient(List<Header> answer, List<Header> request) {
        Optional<String> problem = problem(answer, Optional.of(request));
        return problem.isPresent()
                ? problem
                : answer.stream()
                        .filter(header -> header.name().equalsIgnoreCase(Extension.HEADER))
                        .flatMap(header -> Extension.parseLeniently(header.value()).stream())
                        .filter(extension -> !extension.isDeflate())
                        .findFirst()
                        .map(other -> PrintableExcerpt.text(other.name())
                                + (isOffered(other, request) ? " is unknown to the client" : " was not offered"));
    }

    private static boolean isOffered(Extension extension, List<Header> request) {
        return request.stream()
                .filter(header -> header.name().equalsIgnoreCase(Extension.HEADER))
                .flatMap(header -> Extension.parseLeniently(header.value()).stream())
                .anyMatch(offer -> offer.name().equals(extension.name()));
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
                .flatMap(header -> Extension.parseLeniently(header.value()).stream())
                .filter(offer -> offer.name().equals(answer.name()))
                .toList();
        if (offers.isEmpty()) {
            return Optional.of(PrintableExcerpt.text(answer.name()) + " was not offered");
        }
        return answer.has(CLIENT_BITS) && offers.stream().noneMatch(offer -> offer.has(CLIENT_BITS))
                ? Optional.of(CLIENT_BITS + " was not offered")
                : Optional.empty();
    }
}
