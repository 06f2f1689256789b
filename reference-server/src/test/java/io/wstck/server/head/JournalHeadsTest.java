package io.wstck.server.head;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalParser;
import io.wstck.server.wire.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that excerpts of heads are bounded and without credentials. */
class JournalHeadsTest {
    private static final JournalHeads HEADS = new JournalHeads(SensitiveHeaders.hideAll());

    private final ObjectNode entry = JsonNodeFactory.instance.objectNode();

    @Test
    void aRequestIsItsLineAndItsHeadersInOrder() {
        request("GET /a HTTP/1.1", "Host", "a.example", "X-Empty", "", "no colon", "");

        assertThat(HEADS.of(read(entry)))
                .containsExactly(new HeadExcerpt(
                        "GET /a HTTP/1.1", List.of("Host: a.example", "X-Empty:", "no colon"), 0, Optional.empty()));
    }

    @Test
    void anAnswerIsItsStatusLineAsSentAndWhatItNegotiates() {
        response(
                "Sec-WebSocket-Extensions",
                "permessage-deflate; server_no_context_takeover; client_max_window_bits=12");
        entry.put("line", "HTTP/1.1 101 Fine");

        HeadExcerpt head = only();

        assertThat(head.line()).isEqualTo("HTTP/1.1 101 Fine");
        assertThat(head.negotiated())
                .contains("permessage-deflate: server window 15, client window 12, server no context takeover,"
                        + " client context takeover");
        assertThat(head.lines())
                .containsExactly(head.headers().getFirst(), head.negotiated().orElseThrow());
    }

    @Test
    void anAnswerOfAnEarlierJournalHasItsStatusAlone() {
        response("Upgrade", "websocket");

        assertThat(only().line()).isEqualTo("HTTP 101");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            permessage-deflate; server_max_window_bits=10.0 | unexpected server_max_window_bits with the value 10.0
            permessage-deflate; client_max_window_bits | client_max_window_bits without a value
            permessage-deflate; client_no_context_takeover=1 | unexpected client_no_context_takeover with the value 1
            permessage-deflate; x | unexpected x without a value
            permessage-deflate, permessage-deflate | permessage-deflate is given twice
            permessage-deflate; client_max_window_bits=10 | client_max_window_bits was not offered
            """)
    void anAnswerThatIsNotValidNegotiatesNothing(String answer, String problem) {
        response("Sec-WebSocket-Extensions", answer);
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("type", "request");
        request.putArray("headers").addArray().add("sec-websocket-extensions").add("permessage-deflate");

        assertThat(HEADS.of(read(entry), Optional.of(requestOf(request))))
                .extracting(HeadExcerpt::negotiated)
                .containsExactly(Optional.of("not a valid answer: " + problem));
    }

    @Test
    void anAnswerToARequestWithoutAnOfferIsNotValid() {
        response("Sec-WebSocket-Extensions", "permessage-deflate");
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("type", "request");

        assertThat(HEADS.of(read(entry), Optional.of(requestOf(request))))
                .extracting(HeadExcerpt::negotiated)
                .containsExactly(Optional.of("not a valid answer: permessage-deflate was not offered"));
    }

    @Test
    void aRefusalNegotiatesNothing() {
        response("Sec-WebSocket-Extensions", "permessage-deflate");
        entry.put("status", 400);

        assertThat(only().negotiated()).isEmpty();
    }

    @Test
    void interimAnswersInRawBytesAreHeadsOfTheirOwnAndTheRestIsCounted() {
        raw("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"
                + "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0081\u0001x");

        List<HeadExcerpt> heads = HEADS.of(read(entry));

        assertThat(heads)
                .extracting(HeadExcerpt::line)
                .containsExactly(
                        "HTTP/1.1 103 Early Hints", "HTTP/1.1 101 Switching Protocols (3 bytes follow the head)");
        assertThat(heads.getLast().headers()).containsExactly("Upgrade: websocket");
    }

    @Test
    void rawBytesThatAreNoHttpAreShownAsText() {
        raw("SSH-2.0-x\r\n\r\n");

        assertThat(only().line()).isEqualTo("13 bytes that are no HTTP: \"SSH-2.0-x\r\n\r\n\"");
    }

    @Test
    void rawBytesAreAHeadOnlyWhereTheyBeginLikeOne() {
        entry.put("type", "bytes")
                .put("direction", "out")
                .put("length", 40)
                .put("text", "HTTP/1.1 101 Switching Protocols\r\nUpgr");
        assertThat(only())
                .isEqualTo(new HeadExcerpt(
                        "40 raw bytes: HTTP/1.1 101 Switching Protocols", List.of("Upgr:"), 0, Optional.empty()));

        entry.put("text", "\u0081\u0001x");
        assertThat(HEADS.of(read(entry))).isEmpty();
    }

    @Test
    void ofLongRawBytesTheHeadIsAsFarAsTheJournalKeepsThem() {
        entry.put("type", "bytes")
                .put("direction", "out")
                .put("length", 5000)
                .put("sha256", "00")
                .put("head", base64("HTTP/1.1 101 Swit"));

        assertThat(only().line())
                .isEqualTo("5000 raw bytes, of which the journal keeps the first 17: HTTP/1.1 101 Swit");
    }

    @Test
    void aRequestThatNoStepReadShowsNoCredentials() {
        entry.put("type", "unread")
                .put("length", 60)
                .put("detail", "no step read them")
                .put("text", "GET / HTTP/1.1\r\nAuthorization: Basic abc\r\n");

        assertThat(only())
                .isEqualTo(new HeadExcerpt(
                        "60 bytes left unread: no step read them: GET / HTTP/1.1",
                        List.of("Authorization: (9 bytes)"),
                        0,
                        Optional.empty()));
    }

    @Test
    void theRestOfARequestThatIsTooLongIsNotShown() {
        entry.put("type", "unread")
                .put("length", 9)
                .put("detail", "the rest of a request header of more than 65536 bytes")
                .put("text", "secret\r\n\r\n");

        assertThat(only())
                .isEqualTo(new HeadExcerpt(
                        "9 bytes left unread: the rest of a request header of more than 65536 bytes",
                        List.of(),
                        0,
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "authorization",
                "Authori\u0000zation",
                "Proxy-Authorization",
                "Cookie",
                "Set-Cookie",
                "X-Api-Key",
                "X_API_KEY",
                "X-Auth",
                "X-Auth-Key",
                "Access-Token",
                "Client-Secret",
                "X-Amz-Signature"
            })
    void credentialsAreShownByTheirLength(String name) {
        request("GET / HTTP/1.1", name, "Bearer abcdef");

        assertThat(only().headers().getFirst()).contains(" bytes)").doesNotContain("Bearer", "abcdef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Key",
                "Sec-WebSocket-Accept",
                "Sec-WebSocket-Protocol",
                "WWW-Authenticate",
                "X-Author"
            })
    void whatTheHandshakeIsAboutIsShown(String name) {
        request("GET / HTTP/1.1", name, "value");

        assertThat(only().headers()).containsExactly(name + ": value");
    }

    @Test
    void aCredentialOfTheKitsOwnIsShown() {
        request("GET / HTTP/1.1", "Authorization", "Bearer own", "Cookie", "other", "X-Token", "");

        assertThat(new JournalHeads(SensitiveHeaders.except("headers = { Authorization = \"Bearer own\" }"))
                        .of(read(entry))
                        .getFirst()
                        .headers())
                .containsExactly("Authorization: Bearer own", "Cookie: (5 bytes)", "X-Token: (0 bytes)");
    }

    @Test
    void aCredentialIsNotShownByAMalformedLineEither() {
        request(
                "GET / HTTP/1.1",
                "Authorization Bearer abc",
                "",
                "Cookie ",
                "abc",
                "Authorization",
                "Bearer",
                "\tabc",
                "",
                " a: b",
                "abc",
                "X-Next",
                "1");

        assertThat(only().headers())
                .containsExactly(
                        "Authorization: (11 bytes)",
                        "Cookie: (4 bytes)",
                        "Authorization: (6 bytes)",
                        ": (4 bytes)",
                        ": (8 bytes)",
                        "X-Next: 1");
    }

    @Test
    void aHeaderOf64KibIsCutAndItsLengthSaid() {
        request("GET /" + "p".repeat(64 << 10), "X-Long", "v".repeat(64 << 10), "n".repeat(64 << 10), "v");

        HeadExcerpt head = only();

        assertThat(head.line()).hasSizeLessThan(400).endsWith("… (65541 characters)");
        assertThat(head.headers())
                .containsExactly(
                        "X-Long: " + "v".repeat(200) + "… (65536 characters)",
                        "n".repeat(100) + "… (65536 characters): v");
    }

    @Test
    void ofVeryManyHeadersTheFirstAreShownAndTheOthersCounted() {
        String[] headers = new String[104];
        for (int number = 0; number < 104; number += 2) {
            headers[number] = "X-" + number;
            headers[number + 1] = "v";
        }
        request("GET / HTTP/1.1", headers);
        assertThat(only().headers()).hasSize(HeadExcerpt.MOST_HEADERS);
        assertThat(only().lines()).hasSize(41).last().isEqualTo("… 12 more headers");

        for (int number = 0; number < 104; number += 2) {
            headers[number + 1] = "v".repeat(64 << 10);
        }
        request("GET / HTTP/1.1", headers);
        assertThat(String.join("", only().headers())).hasSizeLessThan(HeadExcerpt.MOST_CHARACTERS + 1);
        assertThat(only().headers().size() + only().leftOut()).isEqualTo(52);
    }

    private static JournalEntry read(ObjectNode entry) {
        return JournalParser.entry(entry);
    }

    private static HttpRequest requestOf(ObjectNode entry) {
        return ((JournalEntry.RequestRead) read(entry)).request();
    }

    private HeadExcerpt only() {
        assertThat(HEADS.of(read(entry))).hasSize(1);
        return HEADS.of(read(entry)).getFirst();
    }

    private void request(String line, String... headers) {
        entry.put("type", "request").put("line", line);
        headers(headers);
    }

    private void response(String... headers) {
        entry.put("type", "response").put("status", 101);
        headers(headers);
    }

    private void headers(String... headers) {
        ArrayNode array = entry.putArray("headers");
        for (int at = 0; at < headers.length; at += 2) {
            array.addArray().add(headers[at]).add(headers[at + 1]);
        }
    }

    private void raw(String latin1) {
        response("Upgrade", "never sent");
        entry.put("raw", base64(latin1));
    }

    private static String base64(String latin1) {
        return Base64.getEncoder().encodeToString(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
