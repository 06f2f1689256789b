package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.autobahn.exchange.ExchangeEnd.Timeout;
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

/** Clients that do almost nothing pass no case. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class MinimalClientTest {
    private static final byte[] MASKED_CLOSE = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE8};
    private static final byte[] MASKED_1002 = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xEA};

    /** The behaviour of a client after its opening handshake. */
    private interface ClientBehavior {
        void play(Socket socket) throws IOException;
    }

    @Test
    void aClientThatDropsTcpAfterTheHandshakePassesNoCase() throws Exception {
        assertPassesNoCase(Socket::close);
    }

    @Test
    void aClientThatNeverSendsAByteAfterTheHandshakePassesNoCase() throws Exception {
        assertPassesNoCase(MinimalClientTest::readToTheEnd);
    }

    @Test
    void aClientThatClosesAtOncePassesNoCase() throws Exception {
        assertPassesNoCase(socket -> {
            socket.getOutputStream().write(MASKED_CLOSE);
            readToTheEnd(socket);
        });
    }

    @Test
    void aClientThatFailsEveryConnectionAtOncePassesNoCase() throws Exception {
        assertPassesNoCase(socket -> {
            socket.getOutputStream().write(MASKED_1002);
            readToTheEnd(socket);
        });
    }

    @Test
    void aClientThatDropsTcpAfterOneEchoPassesNoCase() throws Exception {
        assertThat(passedByDroppingAfter(1)).isEmpty();
    }

    /**
     * The client may drop TCP by chance where a case requires the end of the connection. The number of echoes before
     * that differs between cases. The client also drops TCP at a frame that is not a whole message, which is the
     * violation in some cases.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void aClientThatDropsTcpAfterSomeEchoesPassesLessThanAThirdOfTheCases(int echoes) throws Exception {
        assertThat(passedByDroppingAfter(echoes))
                .allSatisfy(id -> assertThat(proofs(id)).isLessThanOrEqualTo(echoes))
                .hasSizeLessThan(247 / 3);
    }

    private static int proofs(CaseId id) {
        return AutobahnCorpus.standard().find(id).orElseThrow().rules().proof() / 2;
    }

    private static List<CaseId> passedByDroppingAfter(int echoes) throws Exception {
        try (CasePlayingServer server = CasePlayingServer.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AutobahnResult>> playing = new ArrayList<>();
            for (AutobahnCase testCase : server.corpus().select(List.of("*"), List.of("9.*", "12.*", "13.*"))) {
                playing.add(threads.submit(() -> {
                    echoAndDrop(server.url(testCase.id()), echoes);
                    return server.result(testCase.id(), Strictness.ORIGINAL);
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
            // The server ended the connection, because an answer was wrong or late.
            return;
        }
    }

    /** The echoes and the close frame follow the request, so the server has them before it sends the violation. */
    @Test
    void aClientThatFailsTheConnectionBeforeTheViolationFails() throws Exception {
        CaseId id = CaseId.parse("3.1");
        try (CasePlayingServer server = CasePlayingServer.open();
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.url(id).getPort())) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(request(server.url(id)));
            for (int number = 1; number <= proofs(id); number++) {
                byte[] echo = ("alive? " + number).getBytes(StandardCharsets.US_ASCII);
                all.writeBytes(new byte[] {(byte) 0x81, (byte) (0x80 | echo.length), 0, 0, 0, 0});
                all.writeBytes(echo);
            }
            all.writeBytes(MASKED_1002);
            socket.getOutputStream().write(all.toByteArray());
            readToTheEnd(socket);
            AutobahnResult result = server.result(id, Strictness.ORIGINAL);
            assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
            assertThat(result.behaviorClose()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
        }
    }

    /** The case allows 100 s for the echo, but the server gives up when the client has read nothing for 20 s. */
    @Test
    void theServerGivesUpOnAClientThatStopsReading() throws Exception {
        CaseId id = CaseId.parse("9.2.5");
        try (CasePlayingServer server = CasePlayingServer.open();
                Socket _ = handshaken(server.url(id))) {
            AutobahnResult result = server.result(id, Strictness.ORIGINAL);
            assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
            assertThat(result.duration()).isLessThan(Duration.ofSeconds(60));
        }
    }

    /** The duration of a case ends with the closing handshake. */
    @Test
    void theDurationExcludesTheWaitForTheEndOfTcp() throws Exception {
        CaseId id = CaseId.parse("1.1.1");
        long begun = System.nanoTime();
        try (CasePlayingServer server = CasePlayingServer.open();
                Socket socket = handshaken(server.url(id))) {
            socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0});
            socket.getOutputStream().write(MASKED_CLOSE);
            // The client keeps TCP open, and the server waits 2 s for its end.
            AutobahnResult result = server.result(id, Strictness.ORIGINAL);
            assertThat(server.record(id).ending().timeout()).isEqualTo(Timeout.TCP_END);
            assertThat(Duration.ofNanos(System.nanoTime() - begun).minus(result.duration()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
    }

    private static void readToTheEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[64 << 10];
        try {
            while (in.read(buffer) >= 0) {
                // The client reads everything, and sends nothing.
            }
        } catch (SocketException reset) {
            // The server resets the connection of a client that does not answer.
            return;
        }
    }

    private static void assertPassesNoCase(ClientBehavior behavior) throws Exception {
        try (CasePlayingServer server = CasePlayingServer.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Limits and compression cases wait for minutes, so the test plays one case of each kind.
            List<AutobahnCase> cases =
                    new ArrayList<>(server.corpus().select(List.of("*"), List.of("9.*", "12.*", "13.*")));
            cases.addAll(server.corpus().select(List.of("9.1.1", "9.2.4", "12.1.1", "13.5.1"), List.of()));
            List<Future<AutobahnResult>> playing = new ArrayList<>();
            for (AutobahnCase testCase : cases) {
                playing.add(threads.submit(() -> {
                    try (Socket socket = handshaken(server.url(testCase.id()))) {
                        behavior.play(socket);
                    }
                    return server.result(testCase.id(), Strictness.ORIGINAL);
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
