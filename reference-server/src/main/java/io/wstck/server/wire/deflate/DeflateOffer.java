package io.wstck.server.wire.deflate;

import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_BITS;
import static io.wstck.server.wire.deflate.DeflateParameters.CLIENT_NO_TAKEOVER;
import static io.wstck.server.wire.deflate.DeflateParameters.SERVER_BITS;
import static io.wstck.server.wire.deflate.DeflateParameters.SERVER_NO_TAKEOVER;

import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Shown;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.Extension.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The client's offers of permessage-deflate: what is wrong with them (RFC 7692 §7.1), and which can be accepted. */
public final class DeflateOffer {
    private DeflateOffer() {}

    /** Everything that is wrong with the extensions that {@code request} offers. */
    public static List<Violation> check(HttpRequest request) {
        List<Violation> found = new ArrayList<>();
        for (String header : request.values(Extension.HEADER)) {
            try {
                for (Extension extension : Extension.read(header)) {
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
        return new Violation(Rule.EXTENSION_OFFER, Extension.HEADER + " \"" + Shown.text(where) + "\": " + problem);
    }

    /** The offers that are well-formed, in the client's order of preference. */
    static List<Extension> wellFormed(HttpRequest request) {
        return request.values(Extension.HEADER).stream()
                .flatMap(header -> readable(header).stream())
                .filter(extension -> extension.isDeflate() && problem(extension).isEmpty())
                .toList();
    }

    /** What cannot be read is no offer; {@link #check} tells. */
    private static List<Extension> readable(String header) {
        try {
            return Extension.read(header);
        } catch (Extension.MalformedException malformed) {
            return List.of();
        }
    }

    /** What is wrong with the parameters, which is the same for an offer and an answer but for one (RFC 7692 §7.1.2.2). */
    static Optional<String> problem(Extension offer) {
        Set<String> seen = new HashSet<>();
        for (Parameter parameter : offer.parameters()) {
            if (!seen.add(parameter.name())) {
                return Optional.of("the parameter " + Shown.text(parameter.name()) + " is given twice");
            }
            if (!fits(parameter)) {
                return Optional.of("unexpected " + Shown.text(parameter.name())
                        + parameter
                                .value()
                                .map(value -> " with the value " + Shown.text(value))
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
