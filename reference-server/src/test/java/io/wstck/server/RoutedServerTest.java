package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.scenario.Fragmentation;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.PayloadSpec;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Step;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests a server whose connections a program routes. */
@Timeout(60)
class RoutedServerTest {
    private final CompletableFuture<Step.Send> news = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();

    @Test
    void theRequestChoosesTheRoute() throws Exception {
        try (RoutedServer server = start(loopback(), 0)) {
            try (RawClient peer = RawClient.connect(url(server, "/say?word=hello"))) {
                assertThat(peer.read().text()).isEqualTo("/say?word=hello");
            }
            try (RawClient peer = RawClient.dial(url(server, "/no"))) {
                peer.send(peer.request());
                assertThat(peer.readHead()).startsWith("HTTP/1.1 500 ").contains("X-Why: because\r\n");
                assertThat(new String(peer.readBytes(3), StandardCharsets.UTF_8))
                        .isEqualTo("no\n");
            }
        }
    }

    @Test
    void bytesAfterTheRequestReachAScenarioAndAPlayer() throws Exception {
        try (RoutedServer server = start(loopback(), 0)) {
            for (String path : List.of("/echo", "/mirror")) {
                try (RawClient peer = RawClient.dial(url(server, path))) {
                    byte[] frame = RawClient.encode(0x81, "early".getBytes(StandardCharsets.UTF_8));
                    peer.send(peer.request() + new String(frame, StandardCharsets.ISO_8859_1));
                    assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
                    if (path.equals("/echo")) {
                        assertThat(peer.read().text()).isEqualTo("early");
                    } else {
                        assertThat(peer.readBytes(frame.length)).isEqualTo(frame);
                    }
                }
            }
        }
    }

    @Test
    void aLaterMessageReachesTheClientAndPingsAreAnsweredMeanwhile() throws Exception {
        try (RoutedServer server = start(loopback(), 0);
                RawClient peer = RawClient.connect(url(server, "/news"))) {
            peer.frame(0x89, Bytes.utf8("still there?"));
            assertThat(peer.read()).isEqualTo(new RawClient.Frame(0x8A, Bytes.utf8("still there?")));
            news.complete(text("now"));
            assertThat(peer.read().text()).isEqualTo("now");
            assertThat(peer.answerClose().code()).isEmpty();
        }
    }

    @Test
    void aSlowRouterDelaysNoOtherConnection() throws Exception {
        List<RawClient> waiting = new ArrayList<>();
        try (RoutedServer server = start(loopback(), 0)) {
            // Many more connections than the server has I/O threads.
            for (int i = 0; i < 16; i++) {
                RawClient peer = RawClient.dial(url(server, "/later"));
                waiting.add(peer);
                peer.send(peer.request());
            }
            try (RawClient other = RawClient.connect(url(server, "/say"))) {
                assertThat(other.read().text()).isEqualTo("/say");
            }
            ready.complete(null);
            for (RawClient peer : waiting) {
                assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
            }
        } finally {
            for (RawClient peer : waiting) {
                peer.close();
            }
        }
    }

    @Test
    void allAddressesHaveTheSamePort() throws Exception {
        InetAddress second = InetAddress.ofLiteral("127.0.0.2");
        try (RoutedServer server = start(List.of(loopback().getFirst(), second), 0)) {
            for (String host : List.of("127.0.0.1", "127.0.0.2")) {
                try (RawClient peer = RawClient.connect(URI.create("ws://" + host + ":" + server.port() + "/say"))) {
                    assertThat(peer.read().text()).isEqualTo("/say");
                }
            }
            assertThatThrownBy(() -> start(loopback(), server.port()))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("127.0.0.1 port " + server.port());
        }
    }

    @Test
    void aFaultOfThePlayerIsReportedAndEndsOnlyItsOwnConnection() throws Exception {
        try (RoutedServer server = start(loopback(), 0)) {
            try (RawClient peer = RawClient.connect(url(server, "/fault"))) {
                assertThat(peer.readEnd()).isEqualTo("rst");
            }
            assertThat(troubles.poll(30, TimeUnit.SECONDS)).contains("on purpose");
            try (RawClient peer = RawClient.connect(url(server, "/say"))) {
                assertThat(peer.read().text()).isEqualTo("/say");
            }
        }
    }

    @Test
    void nothingIsLeftAfterClose() throws Exception {
        RoutedServer server = start(loopback(), 0);
        URI url = url(server, "/news");
        try (RawClient parked = RawClient.connect(url);
                RawClient silent = RawClient.dial(url)) {
            server.close();
            assertThat(parked.readEnd()).isEqualTo("rst");
            assertThat(silent.readEnd()).isEqualTo("rst");
            assertThatThrownBy(() -> RawClient.dial(url)).isInstanceOf(ConnectException.class);
        }
    }

    private Route route(HttpRequest request) {
        HandshakeAnswer accepting = HandshakeAnswer.accepting();
        return switch (request.target().split("\\?", 2)[0]) {
            case "/say" -> new Route.Play(Scenario.of(accepting, List.of(text(request.target()))));
            case "/later" -> {
                ready.join();
                yield new Route.Play(Scenario.of(accepting, List.of()));
            }
            case "/echo" -> new Route.Play(Scenario.of(accepting, List.of(new Step.Echo(OptionalInt.empty()))));
            case "/news" ->
                new Route.Play(Scenario.of(
                        accepting, List.of(new Step.Tell(news), new Step.SendClose(PayloadSpec.of(Bytes.EMPTY)))));
            case "/mirror" -> new Route.HandOver(accepting, RoutedServerTest::mirror);
            case "/fault" ->
                new Route.HandOver(accepting, _ -> {
                    throw new IllegalStateException("on purpose");
                });
            default ->
                new Route.Play(Scenario.of(
                        HandshakeAnswer.refusing(500, "Internal Server Error", List.of())
                                .withHeaders(List.of(new Header("X-Why", "because")))
                                .withBody("no\n"),
                        List.of()));
        };
    }

    /** Sends the first bytes back unchanged and waits for the end. */
    private static void mirror(Transport connection) throws InterruptedException {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        try {
            int count = connection.read(bytes);
            while (count >= 0) {
                var _ = connection.write(bytes.flip());
                connection.await(Interest.READING, Deadline.in(Duration.ofSeconds(30)));
                count = connection.read(bytes.clear());
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Step.Send text(String text) {
        return new Step.SendMessage(
                MessageType.TEXT,
                PayloadSpec.text(text),
                new Fragmentation.SingleFrame(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of());
    }

    private RoutedServer start(List<InetAddress> addresses, int port) throws IOException {
        return RoutedServer.start(addresses, port, this::route, troubles::add);
    }

    private static List<InetAddress> loopback() throws IOException {
        return List.of(InetAddress.ofLiteral("127.0.0.1"));
    }

    private static URI url(RoutedServer server, String path) {
        return URI.create("ws://127.0.0.1:" + server.port() + path);
    }
}
