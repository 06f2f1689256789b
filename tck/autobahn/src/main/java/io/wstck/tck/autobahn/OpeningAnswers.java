package io.wstck.tck.autobahn;

import io.wstck.tck.autobahn.ExpectedEvent.Answer;
import io.wstck.tck.autobahn.exchange.PeerEvent.OpeningAnswer;
import io.wstck.tck.autobahn.exchange.PeerEvent.OpeningAnswer.AnswerKind;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The answers to opening handshakes that cases of section 14 expect. */
final class OpeningAnswers {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int BAD_REQUEST = 400;
    private static final int FIRST_ERROR = 400;
    private static final int LAST_ERROR = 599;
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private static final Pattern TEN_BITS =
            Pattern.compile("server_max_window_bits[ \t]*=[ \t]*\"?(?:8|9|10)(?![0-9])");

    private OpeningAnswers() {}

    /** A valid answer 101. An extension or a subprotocol in it is one that was offered. */
    static Answer opened() {
        return new Answer("a handshake that opens the connection", answer -> answer.kind() == AnswerKind.OPENED);
    }

    /** A valid answer 101 without any extension. */
    static Answer openedPlain() {
        return new Answer(
                "a handshake that opens the connection without an extension",
                answer -> answer.kind() == AnswerKind.OPENED
                        && answer.values(EXTENSIONS).isEmpty());
    }

    /** A valid answer 101 without an extension, or with a server's window of at most ten bits. */
    static Answer openedWithTenBits() {
        return new Answer(
                "a handshake that opens the connection without an extension, or with server_max_window_bits of at most"
                        + " 10",
                answer -> answer.kind() == AnswerKind.OPENED
                        && answer.values(EXTENSIONS).stream()
                                .allMatch(value -> TEN_BITS.matcher(value).find()));
    }

    /** An answer with an error code: 400 to 599. */
    static Answer error() {
        return new Answer("an answer with an error code, 400 to 599", OpeningAnswers::isError);
    }

    /** An answer with an error code that tells version 13. */
    static Answer versionError() {
        return new Answer(
                "an answer with an error code, 400 to 599, and 13 in Sec-WebSocket-Version",
                answer -> isError(answer)
                        && answer.values("Sec-WebSocket-Version").stream()
                                .flatMap(value -> Stream.of(value.split(",")))
                                .anyMatch(value -> value.strip().equals("13")));
    }

    /** An answer with status 400. */
    static Answer badRequest() {
        return new Answer("an answer with status 400", answer -> answer.status().orElse(0) == BAD_REQUEST);
    }

    /** An answer of HTTP with any status but 101. */
    static Answer notSwitched() {
        return new Answer(
                "an answer of HTTP without status 101",
                answer -> answer.status().isPresent() && answer.status().getAsInt() != SWITCHING_PROTOCOLS);
    }

    /** Matches each answer with status 101. Its headers do not matter. */
    static Answer switched() {
        return new Answer("an answer with status 101", answer -> answer.status().orElse(0) == SWITCHING_PROTOCOLS);
    }

    private static boolean isError(OpeningAnswer answer) {
        int status = answer.status().orElse(0);
        return status >= FIRST_ERROR && status <= LAST_ERROR;
    }
}
