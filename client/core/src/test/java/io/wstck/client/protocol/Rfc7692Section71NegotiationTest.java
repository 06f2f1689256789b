package io.wstck.client.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.CompressionMode;
import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.TakeoverMode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692 §7.1, Method Parameters, and RFC 6455 §9.1, Negotiating Extensions. */
class Rfc7692Section71NegotiationTest {
    private static final HandshakeKey KEY = new HandshakeKey("dGhlIHNhbXBsZSBub25jZQ==");
    private static final String GOOD = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "");

    @Test
    void aDisabledModeOffersNothing() throws Exception {
        assertThat(request(CompressionMode.DISABLED)).doesNotContain("Sec-WebSocket-Extensions");
    }

    @Test
    void contextTakeoverOffersTheBareExtension() throws Exception {
        assertThat(request(CompressionMode.CONTEXT_TAKEOVER))
                .contains("\r\nSec-WebSocket-Extensions: permessage-deflate\r\n");
    }

    @Test
    void noContextOffersNoTakeoverInEitherDirection() throws Exception {
        assertThat(request(CompressionMode.NO_CONTEXT))
                .contains("\r\nSec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; "
                        + "server_no_context_takeover\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "permessage-deflate | SLIDING | SLIDING",
                "permessage-deflate; server_no_context_takeover | SLIDING | RESET",
                "permessage-deflate; client_no_context_takeover | RESET | SLIDING",
                "permessage-deflate;client_no_context_takeover;server_no_context_takeover | RESET | RESET",
                "permessage-deflate; server_max_window_bits=8 | SLIDING | SLIDING",
                "permessage-deflate; server_max_window_bits=9 | SLIDING | SLIDING",
                "permessage-deflate; server_max_window_bits=15 | SLIDING | SLIDING",
                "permessage-deflate; server_max_window_bits=\"10\" | SLIDING | SLIDING",
                "permessage-deflate; server_max_window_bits = \"1\\2\" | SLIDING | SLIDING",
                "permessage-deflate ;\tserver_no_context_takeover ; server_max_window_bits = 12 | SLIDING | RESET",
                ", permessage-deflate , | SLIDING | SLIDING"
            })
    void aLegalAnswerToAnyOfferIsAccepted(String answer, TakeoverMode client, TakeoverMode server) throws Exception {
        assertThat(verify(CompressionMode.CONTEXT_TAKEOVER, answer)).contains(new DeflateParameters(client, server));
        assertThat(verify(CompressionMode.NO_CONTEXT, answer))
                .contains(new DeflateParameters(TakeoverMode.RESET, server));
    }

    @ParameterizedTest
    @EnumSource(CompressionMode.class)
    void aServerMayDecline(CompressionMode mode) throws Exception {
        assertThat(HandshakeResponse.verify(response(GOOD + "\r\n"), KEY, handshake(mode))
                        .deflate())
                .isEmpty();
        assertThat(verify(mode, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=10",
                "permessage-deflate; client_max_window_bits=15",
                "permessage-deflate; unknown",
                "permessage-deflate; unknown=1",
                "permessage-deflate; Server_No_Context_Takeover",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; server_no_context_takeover=\"true\"",
                "permessage-deflate; client_no_context_takeover=0",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=",
                "permessage-deflate; server_max_window_bits=\"\"",
                "permessage-deflate; server_max_window_bits=0",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=08",
                "permessage-deflate; server_max_window_bits=010",
                "permessage-deflate; server_max_window_bits=+9",
                "permessage-deflate; server_max_window_bits=-9",
                "permessage-deflate; server_max_window_bits=9.0",
                "permessage-deflate; server_max_window_bits=0x9",
                "permessage-deflate; server_max_window_bits=9a",
                "permessage-deflate, permessage-deflate",
                "permessage-deflate\r\nSec-WebSocket-Extensions: permessage-deflate",
                "permessage-deflate, x-webkit-deflate-frame",
                "foo, permessage-deflate",
                "x-webkit-deflate-frame",
                "PERMESSAGE-DEFLATE"
            })
    void anIllegalAnswerFails(String answer) {
        assertFails(CompressionMode.CONTEXT_TAKEOVER, answer);
        assertFails(CompressionMode.NO_CONTEXT, answer);
        assertFails(CompressionMode.DISABLED, answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate;",
                "permessage-deflate; ; server_no_context_takeover",
                "permessage-deflate server_no_context_takeover",
                "permessage-deflate; server_max_window_bits 9",
                "permessage-deflate; server_max_window_bits=\"9",
                "permessage-deflate; server_max_window_bits=\"9\\",
                "permessage-deflate; server_max_window_bits=\"9 \"",
                "permessage-deflate; server_max_window_bits=9\"",
                "permessage-deflate; server_max_window_bits==9",
                "permessage-deflate=1",
                "\"permessage-deflate\"",
                "; permessage-deflate",
                "permessage-deflate/1"
            })
    void anAnswerThatIsNotAListOfExtensionsFails(String answer) {
        assertFails(CompressionMode.CONTEXT_TAKEOVER, answer);
    }

    @Test
    void anAnswerWithoutAnOfferFails() {
        assertFails(CompressionMode.DISABLED, "permessage-deflate");
    }

    @Test
    void aWindowIsOfferedOnlyWhenAskedForAndWithoutAValueWhenItIsTheLargest() throws Exception {
        assertThat(request(offer(15))).contains("Extensions: permessage-deflate; client_max_window_bits\r\n");
        assertThat(request(offer(10))).contains("Extensions: permessage-deflate; client_max_window_bits=10\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "15, permessage-deflate, 15",
        "15, permessage-deflate; client_max_window_bits=8, 8",
        "15, permessage-deflate; client_max_window_bits=15, 15",
        "10, permessage-deflate, 10",
        "10, permessage-deflate; client_max_window_bits=12, 10",
        "10, permessage-deflate; client_max_window_bits=9, 9"
    })
    void theSmallerOfTheOfferedAndTheAnsweredWindowIsUsed(int offered, String answer, int agreed) throws Exception {
        assertThat(verify(offer(offered), answer))
                .contains(new DeflateParameters(TakeoverMode.SLIDING, TakeoverMode.SLIDING, agreed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_max_window_bits",
                "client_max_window_bits=7",
                "client_max_window_bits=16",
                "client_max_window_bits=09",
                "client_max_window_bits=9; client_max_window_bits=9"
            })
    void anIllegalWindowFailsTheHandshake(String parameters) {
        assertThatThrownBy(() -> verify(offer(15), "permessage-deflate; " + parameters))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("Sec-WebSocket-Extensions");
    }

    private static DeflateOffer offer(int clientWindowBits) {
        return new DeflateOffer(CompressionMode.CONTEXT_TAKEOVER, OptionalInt.of(clientWindowBits));
    }

    private static DeflateOffer offer(CompressionMode mode) {
        return new DeflateOffer(mode, OptionalInt.empty());
    }

    private static String request(DeflateOffer offer) throws Exception {
        return new String(handshake(offer).bytes(KEY), UTF_8);
    }

    private static HandshakeRequest handshake(DeflateOffer offer) throws Exception {
        return HandshakeRequest.of(WebSocketUrl.parse("ws://h"), List.of(), List.of(), offer);
    }

    private static String request(CompressionMode mode) throws Exception {
        return request(offer(mode));
    }

    private static HandshakeRequest handshake(CompressionMode mode) throws Exception {
        return handshake(offer(mode));
    }

    private static HttpResponse response(String head) throws HandshakeException {
        return new HttpResponseReader()
                .next(ByteBuffer.wrap(head.getBytes(ISO_8859_1)))
                .orElseThrow();
    }

    private static Optional<DeflateParameters> verify(CompressionMode mode, String answer) throws Exception {
        return verify(offer(mode), answer);
    }

    private static Optional<DeflateParameters> verify(DeflateOffer offer, String answer) throws Exception {
        String head = GOOD + "Sec-WebSocket-Extensions: " + answer + "\r\n\r\n";
        return HandshakeResponse.verify(response(head), KEY, handshake(offer)).deflate();
    }

    private static void assertFails(CompressionMode mode, String answer) {
        assertThatThrownBy(() -> verify(mode, answer))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("Sec-WebSocket-Extensions");
    }
}
