package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The trace of one connection, from its bytes. */
class ConnectionTraceTest {
    /** RFC 7692 §7.2.3.1. */
    private static final String HELLO = "f248cdc9c90700";

    /** RFC 7692 §7.2.3.2: the same with the window of the previous message. */
    private static final String HELLO_AGAIN = "f200110000";

    private final List<String> lines = new ArrayList<>();
    private final ConnectionTrace trace = new ConnectionTrace(3, "a.test", () -> 1_500_000, lines::addAll);

    @Test
    void itBeginsWithTheServerAndEndsWithTheEndOfTcp() {
        trace.endedByServer();

        assertThat(lines)
                .containsExactly("     1.50 ms  #3 →  TCP a.test", "     1.50 ms  #3 ←  TCP ended by the server (fin)");
    }

    @Test
    void headsHaveTheirHeadersBelowAndHideCredentials() {
        sent("GET /x HTTP/1.1\r\nHost: a.test\r\nCookie: id=1\r\n\r\n");
        received(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 101 Switching Protocols\r\nSet-Cookie: a=b\r\n\r\n");

        assertThat(texts())
                .containsExactly(
                        "→  GET /x HTTP/1.1",
                        "→    Host: a.test",
                        "→    Cookie: (4 bytes)",
                        "←  HTTP/1.1 103 Early Hints",
                        "←    Link: </a>",
                        "←  HTTP/1.1 101 Switching Protocols",
                        "←    Set-Cookie: (3 bytes)");
    }

    @Test
    void aMessageHasALineOnlyIfItsFrameDoesNotShowIt() {
        open("");
        receivedHex("81 01 61");
        receivedHex("01 01 62 80 01 63");
        sentHex("82 81 00000000 ff");

        assertThat(texts())
                .containsExactly(
                        "←  TEXT 1 byte \"a\"",
                        "←  TEXT not final 1 byte \"b\"",
                        "←  CONTINUATION 1 byte \"c\"",
                        "←  = text message, 2 bytes in 2 frames: \"bc\"",
                        "→  BINARY 1 byte mask=00000000 hex ff");
    }

    @Test
    void compressedMessagesAreInflatedWithTheWindowOfTheirSide() {
        open("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        receivedHex("c1 07 " + HELLO + " c1 05 " + HELLO_AGAIN);
        sentHex("c1 87 00000000 " + HELLO);
        sentHex("c1 85 00000000 " + HELLO_AGAIN);

        assertThat(texts()).filteredOn(line -> line.contains("\"Hello\"")).hasSize(4);
    }

    @Test
    void aMessageThatDoesNotInflateIsSaidToBeOne() {
        open("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        receivedHex("c1 03 ffffff");

        assertThat(texts()).endsWith("←  = compressed message that cannot be inflated (RFC 7692 §7.2.2)");
    }

    @Test
    void bytesThatAreCutOffAreCounted() {
        open("");
        receivedHex("82 05 0102");
        trace.broken("Connection reset");

        assertThat(texts()).containsExactly("←  4 bytes of an incomplete frame", "   TCP ended: Connection reset");
    }

    @Test
    void anAnswerThatIsNoHttpIsShownAsItIs() {
        sent("GET / HTTP/1.1\r\n\r\n");
        received("SSH-2.0-x\r\n");
        trace.endedByServer();

        assertThat(texts()).contains("←  11 raw bytes \"SSH-2.0-x\r\n\"");
    }

    /** Opens the connection and forgets the lines about it. */
    private void open(String headers) {
        sent("GET / HTTP/1.1\r\n" + headers + "\r\n");
        received("HTTP/1.1 101 Switching Protocols\r\n" + headers + "\r\n");
        lines.clear();
    }

    private void sent(String text) {
        trace.sent(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void received(String text) {
        trace.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void sentHex(String hex) {
        trace.sent(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private void receivedHex(String hex) {
        trace.received(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    /** The lines without time and number, after the first line. */
    private List<String> texts() {
        return lines.stream()
                .map(line -> line.substring(line.indexOf("#3 ") + 3))
                .filter(line -> !line.equals("→  TCP a.test"))
                .toList();
    }
}
