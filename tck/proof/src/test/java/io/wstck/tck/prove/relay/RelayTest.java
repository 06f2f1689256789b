package io.wstck.tck.prove.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
    private static final String REQUEST = "GET /a?b HTTP/1.1\r\nHost: x:1\r\n\r\n";
    private static final String RESPONSE = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

    private ServerSocket listener;
    private Relay relay;
    private Socket client;
    private Socket server;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        relay.close();
        listener.close();
    }

    @Test
    void theUrlKeepsPathAndQueryAndNamesTheRelay() throws IOException {
        open(new Tampering() {});
        assertThat(relay.url().getPath()).isEqualTo("/s/x");
        assertThat(relay.url().getQuery()).isEqualTo("y=z");
        assertThat(relay.url().getPort()).isNotEqualTo(listener.getLocalPort());
    }

    @Test
    void headsAndFramesPassByteForByteEvenIfIllegal() throws IOException {
        open(new Tampering() {});
        handshake();
        for (String frame : new String[] {
            "8100",
            "f10568656c6c6f",
            "81850102030469676f686e",
            "817e000568656c6c6f",
            "817f000000000000000568656c6c6f",
            "0b8000000000"
        }) {
            byte[] bytes = HexFormat.of().parseHex(frame);
            server.getOutputStream().write(bytes);
            assertThat(client.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
            client.getOutputStream().write(bytes);
            assertThat(server.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
        }
    }

    @Test
    void aFrameIsRewrittenAndMaskedAgainWithItsKey() throws IOException {
        open(new Tampering() {
            @Override
            public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
                wire.toServer(frame.withPayload("bye".getBytes(StandardCharsets.US_ASCII)));
            }
        });
        handshake();
        client.getOutputStream().write(HexFormat.of().parseHex("81850102030469676f686e"));
        assertThat(server.getInputStream().readNBytes(9))
                .isEqualTo(HexFormat.of().parseHex("818301020304637b66"));
    }

    @Test
    void bytesThatAreNotHttpPassWhenTheServerEnds() throws IOException {
        open(new Tampering() {});
        server.getOutputStream().write("220 mail".getBytes(StandardCharsets.US_ASCII));
        server.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).isEqualTo("220 mail".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void halfAFramePassesWhenTheServerEnds() throws IOException {
        open(new Tampering() {});
        handshake();
        server.getOutputStream().write(new byte[] {(byte) 0x81, 5, 'h'});
        server.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).containsExactly(0x81, 5, 'h');
    }

    @Test
    void aFinOfTheClientLeavesTheOtherDirectionOpen() throws IOException {
        open(new Tampering() {});
        handshake();
        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        server.getOutputStream().write(new byte[] {(byte) 0x81, 0});
        assertThat(client.getInputStream().readNBytes(2)).containsExactly(0x81, 0);
    }

    @Test
    void aResetOfTheServerIsAResetForTheClient() throws IOException {
        open(new Tampering() {});
        handshake();
        server.setSoLinger(true, 0);
        server.close();
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void aServerThatRefusesIsAResetForTheClient() throws IOException {
        listener.close();
        relay = Relay.open(target(), () -> new Tampering() {});
        client = new Socket(InetAddress.getLoopbackAddress(), relay.url().getPort());
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void aTamperingIsCalledForPartialFrames() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        open(new Tampering() {
            @Override
            public void serverDataArrived(RelayOutput wire) {
                heard.add("heard");
            }
        });
        handshake();
        assertThat(heard.take()).isEqualTo("heard");
        heard.clear();
        server.getOutputStream().write((byte) 0x81);
        assertThat(heard.take()).isEqualTo("heard");
    }

    @Test
    void aTamperingMayDropBytesThatAreNotHttp() throws IOException {
        open(new Tampering() {
            @Override
            public void bytesFromServer(byte[] bytes, RelayOutput wire) {
                // The relay keeps the connection open.
            }
        });
        server.getOutputStream().write("220 mail".getBytes(StandardCharsets.US_ASCII));
        server.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void aTamperingIsClosedWhenTheConnectionIsOver() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        open(new Tampering() {
            @Override
            public void close() {
                closed.countDown();
            }
        });
        handshake();
        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        assertThat(closed.getCount()).isOne();
        server.close();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingEndsConnectionsAndTheListener() throws IOException {
        open(new Tampering() {});
        handshake();
        relay.close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        try (Socket late = new Socket()) {
            assertThatThrownBy(() -> late.connect(new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), relay.url().getPort())))
                    .isInstanceOf(ConnectException.class);
        }
    }

    private URI target() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/s/x?y=z");
    }

    private void open(Tampering tampering) throws IOException {
        relay = Relay.open(target(), () -> tampering);
        client = new Socket(InetAddress.getLoopbackAddress(), relay.url().getPort());
        server = listener.accept();
    }

    private void handshake() throws IOException {
        client.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        assertThat(server.getInputStream().readNBytes(REQUEST.length()))
                .isEqualTo(REQUEST.getBytes(StandardCharsets.US_ASCII));
        server.getOutputStream().write(RESPONSE.getBytes(StandardCharsets.US_ASCII));
        assertThat(client.getInputStream().readNBytes(RESPONSE.length()))
                .isEqualTo(RESPONSE.getBytes(StandardCharsets.US_ASCII));
    }
}
