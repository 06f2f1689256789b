package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.Tampering;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Creates tamperings of the header {@code Sec-WebSocket-Extensions} (RFC 6455 §9.1). Stateless. */
final class ExtensionHeaderTamperings {
    static final String HEADER = "Sec-WebSocket-Extensions";

    /** An extension that no client offers, so that every client refuses it. */
    private static final String UNOFFERED = "x-not-offered";

    private ExtensionHeaderTamperings() {}

    /** Changes each value of the server's header for the client. */
    static Supplier<Tampering> answer(UnaryOperator<String> change) {
        return HandshakeTamperings.response((request, response) ->
                request.value(HEADER).isEmpty() ? response : response.withChanged(HEADER, change));
    }

    /** Changes the list of parameters in the server's header for the client. Each parameter includes its value. */
    static Supplier<Tampering> parameters(UnaryOperator<List<String>> change) {
        return answer(value -> {
            List<String> parts =
                    Arrays.stream(value.split(";")).map(String::strip).toList();
            return parts.getFirst()
                    + change.apply(parts.subList(1, parts.size())).stream()
                            .map(parameter -> "; " + parameter)
                            .collect(Collectors.joining());
        });
    }

    /** Removes the matching parameters from the server's header. */
    static Supplier<Tampering> without(Predicate<String> parameter) {
        return parameters(all -> all.stream().filter(parameter.negate()).toList());
    }

    /** Makes the client refuse the matching values of the server's header. */
    static Supplier<Tampering> refusing(Predicate<String> value) {
        return answer(given -> value.test(given) ? UNOFFERED : given);
    }

    /** Makes the client refuse a server that does not accept the offer. */
    static HttpHead refused(HttpHead request, HttpHead response) {
        return request.value(HEADER).isPresent() && response.value(HEADER).isEmpty()
                ? response.withAdded(HEADER, UNOFFERED)
                : response;
    }
}
