package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.TrafficObserver;
import io.wstck.client.WebSocketClient;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An observer gets the bytes of the opening handshake and of each frame, and the end of reading. */
@Timeout(60)
class TrafficObserverTest {
    /** Keeps the bytes of one connection. */
    private static final class KeptTraffic implements TrafficObserver.ConnectionTraffic {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final CompletableFuture<Optional<IOException>> ended = new CompletableFuture<>();

        @Override
        public synchronized void sent(ByteBuffer bytes) {
            keep(bytes, sent);
        }

        @Override
        public synchronized void received(ByteBuffer bytes) {
            keep(bytes, received);
        }

        @Override
        public void ended(Optional<IOException> cause) {
            ended.complete(cause);
        }

        synchronized String sent() {
            return sent.toString(ISO_8859_1);
        }

        synchronized String received() {
            return received.toString(ISO_8859_1);
        }

        private static void keep(ByteBuffer bytes, ByteArrayOutputStream target) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            target.writeBytes(copy);
        }
    }

    private final KeptTraffic traffic = new KeptTraffic();
    private final CompletableFuture<String> opened = new CompletableFuture<>();

    private ClientServerFixture fixture() throws Exception {
        return new ClientServerFixture(WebSocketClient.builder()
                .closeTimeout(ClientServerFixture.TEST_TIMEOUT)
                .observer(server -> {
                    opened.complete(server);
                    return traffic;
                }));
    }

    @Test
    void itGetsTheBytesOfBothSidesInTheirOrder() throws Exception {
        try (ClientServerFixture fixture = fixture()) {
            ConnectedPair pair = fixture.open();
            String request = pair.peer().request();
            String response = pair.peer().acceptingResponse();
            pair.connection().send("abc");
            pair.peer().read();
            pair.peer().send("81 01 78");
            assertThat(receive(pair.connection())).isEqualTo(text("x"));

            assertThat(opened.getNow("")).isEqualTo("127.0.0.1:" + fixture.server.port());
            assertThat(traffic.sent()).startsWith(request + "\u0081\u0083").hasSize(request.length() + 2 + 4 + 3);
            assertThat(traffic.received()).isEqualTo(response + "\u0081\u0001x");
            assertThat(traffic.ended).isNotDone();
        }
    }

    @Test
    void itIsToldThatTheServerHasEndedTcp() throws Exception {
        try (ClientServerFixture fixture = fixture()) {
            fixture.open().peer().endOutput();

            assertThat(traffic.ended.get(20, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void itIsToldWhyReadingHasFailed() throws Exception {
        try (ClientServerFixture fixture = fixture()) {
            fixture.open().peer().reset();

            assertThat(traffic.ended.get(20, TimeUnit.SECONDS)).isPresent();
        }
    }
}
