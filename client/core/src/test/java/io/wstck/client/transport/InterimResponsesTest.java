package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ErrorKind;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.HttpResponseReader;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §15.2: interim responses before the final one, over real sockets. */
@Timeout(60)
class InterimResponsesTest {
    private static final String EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";

    private ClientServerFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new ClientServerFixture();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                EARLY_HINTS,
                "HTTP/1.1 199\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n" + EARLY_HINTS + EARLY_HINTS,
                "HTTP/1.1 103 Early Hints\r\nUpgrade: h2c\r\nSec-WebSocket-Protocol: chat\r\n\r\n"
            })
    void interimResponsesBeforeThe101AreIgnored(String interim) throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept();
        peer.answer(interim + peer.acceptingResponse(), "81 01 61");

        assertThat(receive(get(connecting))).isEqualTo(text("a"));
    }

    @Test
    void aRefusalAfterAnInterimResponseIsAFailedConnect() throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept();
        peer.request();
        peer.answer(EARLY_HINTS + "HTTP/1.1 503 Service Unavailable\r\n\r\n", "");

        assertThat(peer.ends()).isTrue();
        assertConnectFailed(connecting, "got 503");
    }

    @Test
    void headersOfAnInterimResponseDoNotCountForTheFinalOne() throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept();
        String complete = peer.acceptingResponse();
        peer.answer(
                complete.replace("101 Switching Protocols", "103 Early Hints")
                        + complete.replace("Connection: Upgrade\r\n", ""),
                "");

        assertThat(peer.ends()).isTrue();
        assertConnectFailed(connecting, "Connection");
    }

    @Test
    void tooManyInterimResponsesFailTheConnect() throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept();
        peer.request();
        peer.answer(EARLY_HINTS.repeat(HttpResponseReader.MAX_INTERIM_RESPONSES + 1), "");

        assertThat(peer.ends()).isTrue();
        assertConnectFailed(connecting, "at most 32 interim responses");
    }

    @Test
    void theTotalLengthOfAllHeadsIsBounded() throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept();
        String interim = "HTTP/1.1 103 Early Hints\r\nX: " + "y".repeat(HttpResponseReader.LIMIT / 2) + "\r\n\r\n";
        String answer = interim + interim + peer.acceptingResponse();
        FutureTask<?> answering = ClientServerFixture.start(() -> peer.answer(answer, ""));

        assertConnectFailed(connecting, "at most 65536 bytes");
        get(answering);
    }

    @Test
    void interimResponsesDoNotExtendTheDialTimeout() throws Exception {
        Duration timeout = Duration.ofHours(1);
        ManualTimer timer = new ManualTimer();
        try (ClientServerFixture timed = new ClientServerFixture(ClientServerFixture.settings(), timer)) {
            FutureTask<Connection> connecting = timed.connecting(
                    ConnectOptions.builder().dialTimeout(timeout).build());
            Peer peer = timed.server.accept();
            peer.request();
            for (int response = 0; response < 4; response++) {
                peer.answer(EARLY_HINTS, "");
                timer.advance(timeout.dividedBy(4));
            }

            assertConnectFailed(connecting, "dial timeout");
            assertThat(peer.ends()).isTrue();
        }
    }

    private static void assertConnectFailed(FutureTask<Connection> connecting, String why) {
        assertThatThrownBy(() -> get(connecting)).cause().isInstanceOfSatisfying(WebSocketException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
            assertThat(e.retryable()).isTrue();
            assertThat(e).hasMessageContaining(why);
        });
    }
}
