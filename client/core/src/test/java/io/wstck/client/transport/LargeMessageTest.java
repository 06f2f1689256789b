package io.wstck.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.CompressionMode;
import io.wstck.client.ServerFrames;
import io.wstck.client.Zlib;
import io.wstck.client.transport.Peer.Frame;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The memory of a connection is bounded: it receives and sends 32 MiB in a heap that is only 64 MiB larger. */
@Timeout(180)
class LargeMessageTest {
    private static final byte[] LETTERS = LargeMessageClient.letters();

    @Test
    void plainMessagesPassThroughASmallHeap() throws Exception {
        assertPasses(CompressionMode.DISABLED);
    }

    @Test
    void compressedMessagesPassThroughASmallHeap() throws Exception {
        assertPasses(CompressionMode.CONTEXT_TAKEOVER);
    }

    private static void assertPasses(CompressionMode mode) throws Exception {
        try (ScriptedServer server = new ScriptedServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))) {
            Process client = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx96m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            LargeMessageClient.class.getName(),
                            server.url(),
                            mode.name())
                    .redirectErrorStream(true)
                    .start();
            try {
                FutureTask<String> output = ClientServerFixture.start(
                        () -> new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                Peer peer = server.accept();
                play(peer, mode);
                peer.close();
                String checksum = LargeMessageClient.checksum(LETTERS) + System.lineSeparator();
                assertThat(output.get(100, TimeUnit.SECONDS)).isEqualTo(checksum + checksum);
                assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(client.exitValue()).isZero();
            } finally {
                client.destroyForcibly();
            }
        }
    }

    private static void play(Peer peer, CompressionMode mode) throws Exception {
        if (mode == CompressionMode.DISABLED) {
            peer.shakeHands();
            peer.send(ServerFrames.frame(0x81, LETTERS));
            peer.send(ServerFrames.frame(0x82, LETTERS));
            assertThat(peer.readMessage(0x01)).isEqualTo(LETTERS);
            assertThat(peer.readMessage(0x02)).isEqualTo(LETTERS);
        } else {
            peer.shakeHandsWith("Sec-WebSocket-Extensions: permessage-deflate");
            Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
            peer.send(ServerFrames.frame(0xC1, Zlib.deflated(deflater, LETTERS)));
            peer.send(ServerFrames.frame(0xC2, Zlib.deflated(deflater, LETTERS)));
            deflater.end();
            Inflater inflater = new Inflater(true);
            assertThat(Zlib.inflated(inflater, peer.readMessage(0x41))).isEqualTo(LETTERS);
            assertThat(Zlib.inflated(inflater, peer.readMessage(0x42))).isEqualTo(LETTERS);
            inflater.end();
        }
        assertThat(peer.read()).isEqualTo(Frame.close(1000, ""));
        peer.send("88 02 03 e8");
    }
}
