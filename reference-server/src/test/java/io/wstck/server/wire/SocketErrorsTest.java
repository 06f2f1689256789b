package io.wstck.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that the server distinguishes RST and FIN by the system's error texts, in any language. */
class SocketErrorsTest {
    private static final String GERMAN_RESET = "Die Verbindung wurde vom Kommunikationspartner zurückgesetzt";
    private static final String JAPANESE_RESET = "接続が相手からリセットされました";

    private static PeerEnd told(SocketErrors errors, String text) {
        return errors.peerEnd(new IOException(text));
    }

    @ParameterizedTest
    @CsvSource({
        GERMAN_RESET + ", Datenübergabe unterbrochen (broken pipe)",
        JAPANESE_RESET + ", パイプが切断されました",
        "Connection reset by peer, Broken pipe",
    })
    void aKnownTextTellsItsReason(String reset, String fin) {
        SocketErrors errors = new SocketErrors(Optional.of(reset), Optional.of(fin));
        assertThat(told(errors, reset)).isEqualTo(PeerEnd.RST);
        assertThat(told(errors, fin)).isEqualTo(PeerEnd.FIN);
        assertThat(told(errors, "Connection timed out")).isEqualTo(PeerEnd.ENDED);
        assertThat(told(errors, "a text that merely mentions a reset")).isEqualTo(PeerEnd.ENDED);
    }

    @Test
    void oneTextForBothReasonsTellsNothing() {
        SocketErrors errors = new SocketErrors(Optional.of("Broken pipe"), Optional.of("Broken pipe"));
        assertThat(told(errors, "Broken pipe")).isEqualTo(PeerEnd.ENDED);
    }

    @Test
    void aSystemWhoseTextsAreUnknownTellsNothing() {
        SocketErrors errors = new SocketErrors(Optional.empty(), Optional.empty());
        assertThat(told(errors, "Connection reset by peer")).isEqualTo(PeerEnd.ENDED);
        assertThat(errors.peerEnd(new IOException())).isEqualTo(PeerEnd.ENDED);
    }

    @Test
    void aReadThatMetAResetHasATypeOfItsOwn() {
        SocketErrors errors = new SocketErrors(Optional.empty(), Optional.empty());
        assertThat(errors.peerEnd(new SocketException("Verbindung zurückgesetzt")))
                .isEqualTo(PeerEnd.RST);
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerEnd.class,
            names = {"FIN", "RST"})
    void writesOnThisSystemDistinguishRstAndFin(PeerEnd how) throws Exception {
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel near = SocketChannel.open(listener.getLocalAddress())) {
            try (SocketChannel far = listener.accept()) {
                if (how == PeerEnd.RST) {
                    far.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
            }
            assertThat(SocketErrors.ofThisSystem().peerEnd(failingWrite(near))).isEqualTo(how);
        }
    }

    @Test
    void aReadOnThisSystemTellsAReset() throws Exception {
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel near = SocketChannel.open(listener.getLocalAddress())) {
            try (SocketChannel far = listener.accept()) {
                far.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            IOException failure = null;
            try {
                var _ = near.read(ByteBuffer.allocate(1));
            } catch (IOException reset) {
                failure = reset;
            }
            assertThat(failure).isNotNull();
            assertThat(SocketErrors.ofThisSystem().peerEnd(failure)).isEqualTo(PeerEnd.RST);
        }
    }

    private static IOException failingWrite(SocketChannel channel) {
        while (true) {
            try {
                var _ = channel.write(ByteBuffer.allocate(1));
            } catch (IOException failed) {
                return failed;
            }
            Thread.onSpinWait();
        }
    }
}
