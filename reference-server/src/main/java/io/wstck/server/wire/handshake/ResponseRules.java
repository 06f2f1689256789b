package io.wstck.server.wire.handshake;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.HttpResponse;
import io.wstck.server.wire.PrintableExcerpt;
import io.wstck.server.wire.deflate.DeflateAnswerCheck;
import java.util.List;
import java.util.Optional;

/** Finds the reason why a client must not open a connection after a server's answer (RFC 6455 §4.1). */
public final class ResponseRules {
    private static final int SWITCHING_PROTOCOLS = 101;

    private ResponseRules() {}

    /** The first problem in the answer to {@code request}, as a phrase; empty when the connection is open. */
    public static Optional<String> problem(OpeningRequest request, HttpResponse response) {
        return status(response)
                .or(() -> token(response, "Upgrade", "websocket"))
                .or(() -> token(response, "Connection", "upgrade"))
                .or(() -> accept(request, response))
                .or(() -> protocol(request, response))
                .or(() -> DeflateAnswerCheck.problemForClient(response.headers(), request.headers())
                        .map(problem -> "the header Sec-WebSocket-Extensions: " + problem));
    }

    private static Optional<String> status(HttpResponse response) {
        if (response.status().isPresent() && response.status().getAsInt() == SWITCHING_PROTOCOLS) {
            return Optional.empty();
        }
        String location = response.values("Location").stream()
                .findFirst()
                .map(url -> " with Location " + Bytes.utf8(url))
                .orElse("");
        return Optional.of("expected HTTP/1.1 101, got " + Bytes.utf8(response.line()) + location);
    }

    private static Optional<String> token(HttpResponse response, String name, String token) {
        return response.elements(name).stream().anyMatch(token::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of("expected the token " + token + " in the header " + name + ", got "
                        + PrintableExcerpt.list(response.values(name)));
    }

    private static Optional<String> accept(OpeningRequest request, HttpResponse response) {
        String expected = AcceptKey.answer(request.key());
        List<String> answers = response.values("Sec-WebSocket-Accept");
        return answers.equals(List.of(expected))
                ? Optional.empty()
                : Optional.of(
                        "expected one Sec-WebSocket-Accept " + expected + ", got " + PrintableExcerpt.list(answers));
    }

    private static Optional<String> protocol(OpeningRequest request, HttpResponse response) {
        List<String> selected = response.values("Sec-WebSocket-Protocol");
        boolean right = selected.isEmpty()
                || (selected.size() == 1 && request.protocols().contains(selected.getFirst()));
        return right
                ? Optional.empty()
                : Optional.of("expected no subprotocol, or one of " + request.protocols() + ", got "
                        + PrintableExcerpt.list(selected));
    }
}
