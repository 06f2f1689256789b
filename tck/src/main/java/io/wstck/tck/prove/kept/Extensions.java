package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.Tampering;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Tamperings of the header {@code Sec-WebSocket-Extensions} (RFC 6455 §9.1). Stateless. */
final class Extensions {
    static final String HEADER = "Sec-WebSocket-Extensions";

    /** What no client has offered, and none accepts. */
    private static final String UNOFFERED = "x-not-offered";

    private Extensions() {}

    /** Each value of the answer to an offer is another one for the client. */
    static Supplier<Tampering> answer(UnaryOperator<String> change) {
        return HandshakeChanges.response(
                (request, response) -> request.value(HEADER).isEmpty() ? response : response.changing(HEADER, change));
    }

    /** The parameters of the answer are others for the client: each with its value, as sent. */
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

    /** These parameters of the answer are passed over. */
    static Supplier<Tampering> without(Predicate<String> parameter) {
        return parameters(all -> all.stream().filter(parameter.negate()).toList());
    }

    /** An answer to an offer that is one of these is refused. */
    static Supplier<Tampering> refusing(Predicate<String> value) {
        return answer(given -> value.test(given) ? UNOFFERED : given);
    }

    /** A server that does not accept the offer is refused. */
    static Head refused(Head request, Head response) {
        return request.value(HEADER).isPresent() && response.value(HEADER).isEmpty()
                ? response.and(HEADER, UNOFFERED)
                : response;
    }
}
