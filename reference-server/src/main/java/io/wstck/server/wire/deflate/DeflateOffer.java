package io.wstck.server.wire.deflate;

import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_BITS;
import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_NO_TAKEOVER;
import static io.wstck.server.wire.deflate.DeflateParameters.SERVER_BITS;
import static io.wstck.server.wire.deflate.DeflateParameters.SERVER_NO_TAKEOVER;

import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.PrintableExcerpt;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.Extension.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the client's permessage-deflate offers (RFC 7692 §7.1) and selects those that a server can accept. */
public final class DeflateOffer {
    private DeflateOffer() {}

    /** All violations in the extension offers of {@code request}. */
    public static List<Violation> check(HttpRequest request) {
        List<Violation> found = new ArrayList<>();
        for (String header : request.values(Extension.HEADER)) {
            try {
                for (Extension extension : Extension.parse(header)) {
                    if (extension.isDeflate()) {
                        problem(extension).ifPresent(problem -> found.add(violation(problem, extension.text())));
                    }
                }
            } catch (Extension.MalformedException malformed) {
                found.add(violation(malformed.getMessage(), header));
            }
        }
        return found;
    }

    private static Violation violation(String problem, String where) {
        return new Violation(
                Rule.EXTENSION_OFFER, Extension.HEADER + " \"" + PrintableExcerpt.text(where) + "\": " + problem);
    }

    /** The well-formed offers, in the client's order of preference. */
    static List<Extension> wellFormed(HttpRequest request) {
        return request.values(Extension.HEADER).stream()
                .flatMap(header -> readable(header).stream())
                .filter(extension -> extension.isDeflate() && problem(extension).isEmpty())
                .toList();
    }

    /** The extensions of a header. A malformed header has none, and {@link #check} reports it. */
    private static List<Extension> readable(String header) {
        try {
            return Extension.parse(header);
        } catch (Extension.MalformedException malformed) {
            return List.of();
        }
    }

    /**
     * The problem with the parameters, if there is one. The rules for offers and answers differ in one parameter only
     * (RFC 7692 §7.1.2.2).
     */
    static Optional<String> problem(Extension offer) {
        Set<String> seen = new HashSet<>();
        for (Parameter parameter : offer.parameters()) {
            if (!seen.add(parameter.name())) {
                return Optional.of("the parameter " + PrintableExcerpt.text(parameter.name()) + " is given twice");
            }
            if (!fits(parameter)) {
                return Optional.of("unexpected " + PrintableExcerpt.text(parameter.name())
                        + parameter
                                .value()
                                .map(value -> " with the value " + PrintableExcerpt.text(value))
                                .orElse(" without a value"));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(Parameter parameter) {
        Optional<String> value = parameter.value();
        return switch (parameter.name()) {
            case SERVER_NO_TAKEOVER, CLIENT_NO_TAKEOVER -> value.isEmpty();
            case SERVER_BITS -> value.map(Extension::isWindowBits).orElse(false);
            case CLIENT_BITS -> value.map(Extension::isWindowBits).orElse(true);
            default -> false;
        };
    }
}
