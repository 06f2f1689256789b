package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that chopped data arrives at the client in pieces. */
class ChopTest extends ServerTest {
    private static final String ANSWER = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "",
            "");

    /** The most attempts. One success is enough, because a busy machine wakes the reader late. */
    private static final int ATTEMPTS = 10;

    /** Reads the expected bytes from the client's connection. */
    private interface ReadCounter {
        /** Returns the number of reads. */
        int of(RawClient peer) throws IOException;
    }

    private void assertPieces(int pieces, String scenario, ReadCounter read) throws Exception {
        int most = 0;
        for (int attempt = 0; attempt < ATTEMPTS && most < 0.9 * pieces; attempt++) {
            try (ServerSession session = open("{'listener':'own'," + scenario + "}");
                    RawClient peer = RawClient.dial(url(session))) {
                peer.send(peer.request());
                most = Math.max(most, read.of(peer));
            }
        }
        assertThat(most).as("reads of " + pieces + " pieces").isBetween((int) Math.ceil(0.9 * pieces), pieces + 1);
    }

    private static int readAnswer(RawClient peer) throws IOException {
        return reads(peer, ANSWER.length());
    }

    private static int reads(RawClient peer, int bytes) throws IOException {
        InputStream in = peer.socket().getInputStream();
        byte[] buffer = new byte[bytes];
        int reads = 0;
        int got = 0;
        while (got < bytes) {
            int count = in.read(buffer, got, bytes - got);
            assertThat(count).isPositive();
            got += count;
            reads++;
        }
        return reads;
    }

    @Test
    void anAnswerInThreesReachesTheClientInThrees() throws Exception {
        assertThat(ANSWER).hasSize(129);
        assertPieces(43, "'handshake':{'chop':3}", ChopTest::readAnswer);
    }

    @Test
    void soDoesARawAnswer() throws Exception {
        String raw = Base64.getEncoder().encodeToString(ANSWER.getBytes(StandardCharsets.ISO_8859_1));
        assertPieces(43, "'handshake':{'chop':3,'raw':'" + raw + "'}", ChopTest::readAnswer);
    }

    @Test
    void soDoFramesAndBytes() throws Exception {
        String text = "0123456789".repeat(6);
        ReadCounter behindAnswer = peer -> {
            var _ = readAnswer(peer);
            return reads(peer, 2 + text.length());
        };
        // The header has two pieces.
        assertPieces(62, "'frames':[{'op':'send-message','text':'" + text + "','chop':1}]", behindAnswer);
        assertPieces(62, "'frames':[{'op':'send-frame','opcode':1,'text':'" + text + "','chop':1}]", behindAnswer);
        assertPieces(
                31,
                "'frames':[{'op':'send-bytes','data':'"
                        + Base64.getEncoder()
                                .encodeToString(Bytes.utf8("\u0001<" + text).toArray()) + "','chop':2}]",
                behindAnswer);
    }

    @Test
    void thePausesOfALongMessageAreBounded() {
        PiecePauses pauses = new PiecePauses();
        int count = 0;
        for (int piece = 0; piece < 1_000_000; piece++) {
            count += pauses.pauseBeforeNext() ? 1 : 0;
            // The first thousand pieces each arrive separately.
            assertThat(piece >= 1_000 || count == piece + 1).isTrue();
        }
        assertThat(count).isEqualTo(1_000 + 3 * 900);
        pauses.addPause(Duration.ofSeconds(2));
        assertThat(Stream.generate(pauses::pauseBeforeNext).limit(20_000)).containsOnly(false);
    }
}
