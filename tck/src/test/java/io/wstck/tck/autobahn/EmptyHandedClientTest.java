package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.exchange.Ending.Timeout;
import io.wstck.tck.autobahn.serve.TestDriver;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do next to nothing pass nothing, whatever the case. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
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

    @Test
    void whoDropsTcpAfterOneEchoPassesNothing() throws Exception {
        assertThat(passedByDroppingAfter(1)).isEmpty();
    }

    /**
     * It may happen to stop where its end is asked for, how many echoes come before that differs from case to case; or at a frame
     * that is no whole message, at which it drops TCP as well, and which is the violation in some cases.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void whoDropsTcpAfterSomeEchoesPassesLessThanAThird(int echoes) throws Exception {
        assertThat(passedByDroppingAfter(echoes))
                .allSatisfy(id -> assertThat(proofs(id)).isLessThanOrEqualTo(echoes))
                .hasSizeLessThan(247 / 3);
    }

    private static int proofs(CaseId id) {
        return AutobahnCorpus.standard().find(id).orElseThrow().rules().proof() / 2;
    }

    private static List<CaseId> passedByDroppingAfter(int echoes) throws Exception {
        try (Arena arena = Arena.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AutobahnResult>> playing = new ArrayList<>();
            for (AutobahnCase one : arena.corpus().select(List.of("*"), List.of("9.*", "12.*", "13.*"))) {
                playing.add(threads.submit(() -> {
                    echoAndDrop(arena.url(one.id()), echoes);
                    return arena.result(one.id(), Strictness.ORIGINAL);
                }));
            }
            List<CaseId> passed = new ArrayList<>();
            for (Future<AutobahnResult> result : playing) {
                if (result.get().passed()) {
                    passed.add(result.get().id());
                }
            }
            return passed;
        }
    }

    private static void echoAndDrop(URI url, int echoes) throws IOException {
        try (TestDriver driver = TestDriver.connect(url.getPort(), url.getPath())) {
            driver.echoFirst(echoes);
        } catch (EOFException | SocketException ended) {
            // By the server, which does not go on after a frame that was no answer, or waits no longer.
            return;
        }
    }

    /** All echoes and the close frame are behind the request: the server has them before it sends the violation. */
    @Test
    void whoFailsTheConnectionBeforeTheViolationIsSentPassesNothing() throws Exception {
        CaseId id = CaseId.parse("3.1");
        try (Arena arena = Arena.open();
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), arena.url(id).getPort())) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(request(arena.url(id)));
            for (int number = 1; number <= proofs(id); number++) {
                byte[] echo = ("alive? " + number).getBytes(StandardCharsets.US_ASCII);
                all.writeBytes(new byte[] {(byte) 0x81, (byte) (0x80 | echo.length), 0, 0, 0, 0});
                all.writeBytes(echo);
            }
            all.writeBytes(MASKED_1002);
            socket.getOutputStream().write(all.toByteArray());
            readToTheEnd(socket);
            AutobahnResult result = arena.result(id, Strictness.ORIGINAL);
            assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.FAILED);
            assertThat(result.behaviorClose()).as("%s", result).isEqualTo(Behavior.FAILED);
        }
    }

    /** The case gives 100 s for the echo; that none will come is plain when the client has taken nothing for 20 s. */
    @Test
    void whoStopsReadingIsNotWaitedForAnyLonger() throws Exception {
        CaseId id = CaseId.parse("9.2.5");
        try (Arena arena = Arena.open();
                Socket _ = handshaken(arena.url(id))) {
            AutobahnResult result = arena.result(id, Strictness.ORIGINAL);
            assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.FAILED);
            assertThat(result.duration()).isLessThan(Duration.ofSeconds(60));
        }
    }

    /** What the client does after the closing handshake is no part of the case's duration. */
    @Test
    void theWaitForTheEndOfTcpIsNoPartOfTheDuration() throws Exception {
        CaseId id = CaseId.parse("1.1.1");
        try (Arena arena = Arena.open();
                Socket socket = handshaken(arena.url(id))) {
            socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0});
            socket.getOutputStream().write(MASKED_CLOSE);
            // Its TCP connection stays open: the server waits 2 s for the end.
            AutobahnResult result = arena.result(id, Strictness.ORIGINAL);
            assertThat(arena.record(id).ending().timeout()).isEqualTo(Timeout.TCP_END);
            assertThat(result.duration()).isLessThan(Duration.ofSeconds(2));
        }
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
            List<AutobahnCase> cases =
                    new ArrayList<>(arena.corpus().select(List.of("*"), List.of("9.*", "12.*", "13.*")));
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
        socket.getOutputStream().write(request(url));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
        return socket;
    }

    private static byte[] request(URI url) {
        return """
                        GET %s HTTP/1.1\r
                        Host: %s:%d\r
                        Upgrade: websocket\r
                        Connection: Upgrade\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Sec-WebSocket-Version: 13\r
                        \r
                        """.formatted(url.getPath(), url.getHost(), url.getPort()).getBytes(StandardCharsets.US_ASCII);
    }
}
