package io.wstck.client.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.CompressionMode;
import io.wstck.client.ErrorKind;
import io.wstck.client.Header;
import io.wstck.client.WebSocketException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §4.1, Client Requirements. */
class Section41OpeningHandshakeTest {
    /** The example of §1.3. */
    private static final HandshakeKey KEY = new HandshakeKey("dGhlIHNhbXBsZSBub25jZQ==");

    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final String GOOD =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + ACCEPT + "\r\n\r\n";

    @Test
    void theAcceptValueIsThatOfTheExampleInSection13() {
        assertThat(KEY.accept()).isEqualTo(ACCEPT);
    }

    @Test
    void everyKeyIsSixteenFreshBytesInBase64() {
        Set<String> keys = new HashSet<>();
        for (int round = 0; round < 1000; round++) {
            HandshakeKey key = HandshakeKey.fresh(new SecureRandom());
            assertThat(Base64.getDecoder().decode(key.value())).hasSize(16);
            keys.add(key.value());
        }
        assertThat(keys).hasSize(1000);
    }

    @Test
    void theRequestHasTheRequiredLinesAndTheCallersInOrder() throws Exception {
        byte[] request = request(
                        "ws://example.com:8000/chat?x=1",
                        List.of(
                                new Header("X-B", "1"),
                                new Header("Authorization", "Bearer ü"),
                                new Header("X-B", "2")),
                        List.of("chat", "superchat"))
                .bytes(KEY);

        assertThat(new String(request, UTF_8)).isEqualTo("""
                        GET /chat?x=1 HTTP/1.1
                        Host: example.com:8000
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Protocol: chat, superchat
                        X-B: 1
                        Authorization: Bearer ü
                        X-B: 2

                        """.replace("\n", "\r\n"));
    }

    @Test
    void nothingIsOfferedUnlessAsked() throws Exception {
        assertThat(new String(request("ws://h", List.of(), List.of()).bytes(KEY), UTF_8))
                .doesNotContain("Protocol", "Extensions");
    }

    @Test
    void oneHostHeaderReplacesThatOfTheUrl() throws Exception {
        assertThat(new String(
                        request("ws://h", List.of(new Header("host", "other:8")), List.of())
                                .bytes(KEY),
                        UTF_8))
                .contains("\r\nHost: other:8\r\n")
                .doesNotContain("host:", "Host: h\r\n");
        assertInvalidHeaders(new Header("Host", "a"), new Header("host", "a"));
        assertInvalidHeaders(new Header("Host", "a b"));
        assertInvalidHeaders(new Header("Host", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade",
                "upgrade",
                "CONNECTION",
                "Sec-WebSocket-Key",
                "sec-websocket-version",
                "Sec-WebSocket-Protocol",
                "Sec-WebSocket-Extensions",
                "Sec-WebSocket-Accept",
                "Content-Length",
                "Transfer-Encoding",
                "",
                " ",
                "a b",
                "a:",
                "a\r\nb",
                "a\0",
                "ä",
                "a,b"
            })
    void aHeaderNameThatForgesOrBreaksTheRequestIsInvalid(String name) {
        assertInvalidHeaders(new Header(name, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\rb", "a\nb", "a\0b", "a\u007f", "\u0001", "\ud800"})
    void aHeaderValueThatBreaksTheRequestIsInvalid(String value) {
        assertInvalidHeaders(new Header("X", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "a\r\nb", "a;b", "a=b", "ä", "\"a\"", "twice"})
    void aSubprotocolThatIsNoTokenOrOfferedTwiceIsInvalid(String name) {
        assertInvalid(() -> request("ws://h", List.of(), List.of("twice", name)));
    }

    @Test
    void aGoodResponseOpensTheConnection() throws Exception {
        assertThat(verify(GOOD, List.of("a")).subprotocol()).isEmpty();
    }

    @Test
    void namesAndTokensAreCaseInsensitiveAndLinesAreJoined() throws Exception {
        String response =
                "HTTP/1.1 101\r\nuPGRADE:WebSocket\r\nconnection: keep-alive\r\nCONNECTION:\tfoo, uPgRaDe \r\n"
                        + "sec-websocket-accept:  " + ACCEPT + " \r\nX-Empty:\r\n\r\n";
        assertThat(verify(response, List.of()).subprotocol()).isEmpty();
    }

    @Test
    void aFoldedLineIsUnfolded() throws Exception {
        assertThat(verify(GOOD.replace("Connection: Upgrade", "Connection: keep-alive,\r\n\t Upgrade"), List.of())
                        .subprotocol())
                .isEmpty();
    }

    @Test
    void theServersChoiceAmongTheOfferedSubprotocolsIsKept() throws Exception {
        assertThat(verify(with("Sec-WebSocket-Protocol: b"), List.of("a", "b")).subprotocol())
                .contains("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "", "A", "a, b", "b\r\nSec-WebSocket-Protocol: b"})
    void aSubprotocolThatWasNotOfferedFails(String chosen) {
        assertFails(with("Sec-WebSocket-Protocol: " + chosen), List.of("a", "b"));
        assertFails(with("Sec-WebSocket-Protocol: " + chosen), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate", "x; y=1", ", foo"})
    void anExtensionThatWasNotOfferedFails(String extension) {
        assertFails(with("Sec-WebSocket-Extensions: " + extension), List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Upgrade: websocket\r\n", "Connection: Upgrade\r\n", "Sec-WebSocket-Accept: " + ACCEPT + "\r\n"})
    void aMissingLineFails(String line) {
        assertFails(GOOD.replace(line, ""), List.of());
    }

    @Test
    void aWrongValueFails() {
        assertFails(GOOD.replace(": websocket", ": websocket2"), List.of());
        assertFails(GOOD.replace(": websocket", ": h2c, websocket"), List.of());
        assertFails(GOOD.replace("Connection: Upgrade", "Connection: close"), List.of());
        assertFails(GOOD.replace(ACCEPT, ACCEPT.toLowerCase(java.util.Locale.ROOT)), List.of());
        assertFails(GOOD.replace(ACCEPT, ""), List.of());
        assertFails(with("Sec-WebSocket-Accept: " + ACCEPT), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "301 Moved", "401 Unauthorized", "404 Not Found", "500 Oops", "600 X"})
    void anyOtherStatusFails(String status) {
        assertThatThrownBy(() -> verify(GOOD.replace("101 Switching Protocols", status), List.of()))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X",
                "HTTP/1.0",
                "HTTP/2 ",
                "http/1.1",
                "HTTP/1.1  101\r\n",
                "HTTP/1.1 1010\r\n",
                "HTTP/1.1 0x1\r\n",
                "HTTP/1.1 \r\n",
                "\r\n",
                "\n",
                "HTTP/1.1 101\n",
                "HTTP/1.1 101\r\r",
                "HTTP/1.1 101\r\n X: y\r\n",
                "HTTP/1.1 101\r\nX\r\n",
                "HTTP/1.1 101\r\nX : y\r\n",
                "HTTP/1.1 101\r\n: y\r\n",
                "HTTP/1.1 101\r\nX: \0",
                "HTTP/1.1 101\r\nX: y\n",
                "SSH-2.0-",
                "\0"
            })
    void inputThatIsNotHttpFailsAtOnce(String bytes) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(HandshakeException.class);
    }

    @Test
    void aResponseWithoutEndFailsAtTheLimit() {
        assertThatThrownBy(() -> read("HTTP/1.1 101 X\r\nX: " + "y".repeat(HttpResponseReader.LIMIT)))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void interimResponsesAreReadByteByByteAndDropped() throws Exception {
        HttpResponseReader reader = new HttpResponseReader();
        byte[] bytes = ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103\r\nX: y\r\n\r\n" + GOOD).getBytes(ISO_8859_1);
        for (int index = 0; index < bytes.length - 1; index++) {
            assertThat(reader.next(ByteBuffer.wrap(bytes, index, 1))).isEmpty();
        }

        assertThat(reader.next(ByteBuffer.wrap(bytes, bytes.length - 1, 1)))
                .isEqualTo(read(GOOD))
                .isPresent();
    }

    @Test
    void aResponseIsReadByteByByteAndLaterBytesStayInTheBuffer() throws Exception {
        HttpResponseReader reader = new HttpResponseReader();
        byte[] bytes = GOOD.getBytes(ISO_8859_1);
        for (int index = 0; index < bytes.length - 1; index++) {
            assertThat(reader.next(ByteBuffer.wrap(bytes, index, 1))).isEmpty();
        }
        ByteBuffer rest = ByteBuffer.wrap(new byte[] {'\n', (byte) 0x81, 0});

        assertThat(reader.next(rest))
                .hasValueSatisfying(response -> assertThat(response.status()).isEqualTo(101));
        assertThat(rest.remaining()).isEqualTo(2);
    }

    private static String with(String line) {
        return GOOD.replace("\r\n\r\n", "\r\n" + line + "\r\n\r\n");
    }

    private static HandshakeRequest request(String url, List<Header> headers, List<String> subprotocols)
            throws WebSocketException {
        return HandshakeRequest.of(
                WebSocketUrl.parse(url),
                headers,
                subprotocols,
                new DeflateOffer(CompressionMode.DISABLED, OptionalInt.empty()));
    }

    private static Optional<HttpResponse> read(String response) throws HandshakeException {
        return new HttpResponseReader().next(ByteBuffer.wrap(response.getBytes(ISO_8859_1)));
    }

    private static HandshakeResponse verify(String response, List<String> offered)
            throws HandshakeException, WebSocketException {
        return HandshakeResponse.verify(read(response).orElseThrow(), KEY, request("ws://h", List.of(), offered));
    }

    private static void assertFails(String response, List<String> offered) {
        assertThatThrownBy(() -> verify(response, offered)).isInstanceOf(HandshakeException.class);
    }

    private static void assertInvalidHeaders(Header... headers) {
        assertInvalid(() -> request("ws://h", List.of(headers), List.of()));
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        WebSocketException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID));
    }
}
