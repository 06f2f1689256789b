package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Clients that do next to nothing pass nothing, whatever the case. */
@Execution(ExecutionMode.CONCURRENT)
class EmptyHandedClientTest {
    private static final byte[] MASKED_CLOSE = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE8};
    private static final byte[] MASKED_1002 = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xEA};

    /** What is left of a client after its opening handshake. */
    private interface Rest {
        void play(Socket socket) throws IOException;
    }

    @Test
    void whoDropsTcpAfterTheHandshakePassesNothing() throws Exception {
        assertPassesNothing(Socket::close);
    }

    @Test
    void whoNeverSendsAByteAfterTheHandshakePassesNothing() throws Exception {
        assertPassesNothing(EmptyHandedClientTest::readToTheEnd);
    }

    @Test
    void whoClosesAtOncePassesNothing() throws Exception {
        assertPassesNothing(socket -> {
            socket.getOutputStream().write(MASKED_CLOSE);
            readToTheEnd(socket);
        });
    }

    @Test
    void whoFailsEveryConnectionAtOncePassesNothing() throws Exception {
        assertPassesNothing(socket -> {
            socket.getOutputStream().write(MASKED_1002);
            readToTheEnd(socket);
        });
    }

    private static void readToTheEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[64 << 10];
        try {
            while (in.read(buffer) >= 0) {
                // It takes everything, and says nothing.
            }
        } catch (SocketException reset) {
            // So the server lets go of who does not answer.
            return;
        }
    }

    private static void assertPassesNothing(Rest rest) throws Exception {
        try (Arena arena = Arena.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // The limits and compression wait for minutes; one of each kind of theirs stands for all.
            List<AutobahnCase> cases = new ArrayList<>(arena.corpus().select(List.of("*"), List.of("9", "12", "13")));
            cases.addAll(arena.corpus().select(List.of("9.1.1", "9.2.4", "12.1.1", "13.5.1"), List.of()));
            List<Future<AutobahnResult>> playing = new ArrayList<>();
            for (AutobahnCase one : cases) {
                playing.add(threads.submit(() -> {
                    try (Socket socket = handshaken(arena.url(one.id()))) {
                        rest.play(socket);
                    }
                    return arena.result(one.id(), Strictness.ORIGINAL);
                }));
            }
            for (Future<AutobahnResult> result : playing) {
                assertThat(result.get().behavior().passes())
                        .as("%s", result.get())
                        .isFalse();
            }
        }
    }

    private static Socket handshaken(URI url) throws IOException {
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.getOutputStream().write("""
                        GET %s HTTP/1.1\r
                        Host: %s:%d\r
                        Upgrade: websocket\r
                        Connection: Upgrade\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Sec-WebSocket-Version: 13\r
                        \r
                        """.formatted(url.getPath(), url.getHost(), url.getPort())
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
        return socket;
    }
}
