package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.assertChannelClosed;
import static io.wstck.client.transport.ClientServerFixture.assertClosed;
import static io.wstck.client.transport.ClientServerFixture.assertInvalid;
import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.rethrow;
import static io.wstck.client.transport.ClientServerFixture.start;
import static io.wstck.client.transport.ClientServerFixture.text;
import static io.wstck.client.transport.ClientServerFixture.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.CloseStatus;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.WebSocketClient;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import io.wstck.client.transport.Peer.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §7, Closing the Connection, over real sockets. */
@Timeout(60)
class ClosingTest {
    private ClientServerFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new ClientServerFixture();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void closeSends1000AndReturnsWhenThePeerHasEndedTcp() throws Exception {
        ConnectedPair pair = fixture.open();
        FutureTask<?> closing = closing(pair.connection());

        assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
        assertThat(closing.isDone()).isFalse();
        pair.peer().send("88 02 03 e8");
        assertThat(pair.peer().endsAfterFin()).isTrue();

        get(closing);
        assertThat(pair.connection().state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(pair.connection().remoteClose()).contains(new CloseStatus(1000, ""));
        assertChannelClosed(pair.connection());
        assertClosed(() -> pair.connection().send("x"));
        assertClosed(() -> pair.connection().ping());
    }

    /** RFC 6455 §5.5.2: a ping is answered unless the endpoint has already received a Close frame. */
    @Test
    void pingsAreAnsweredBetweenItsCloseFrameAndThePeers() throws Exception {
        ConnectedPair pair = fixture.open();
        FutureTask<?> closing = closing(pair.connection());
        assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));

        pair.peer().send("89 01 61");
        assertThat(pair.peer().read()).isEqualTo(Frame.of(0x8A, "61"));
        pair.peer().send("88 02 03 e8 89 01 62");
        assertThat(pair.peer().endsAfterFin()).isTrue();
        get(closing);
    }

    @Test
    void aBlockedPongDoesNotDelayTheEndOnceBothSidesHaveClosed() throws Exception {
        Duration closeTimeout = Duration.ofMinutes(10);
        try (ClientServerFixture patient =
                new ClientServerFixture(WebSocketClient.builder().closeTimeout(closeTimeout))) {
            ConnectedPair pair = patient.open();
            FutureTask<?> closing = closing(pair.connection());
            assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));

            // More pongs than TCP takes from a client whose peer does not read them.
            byte[] pings = HexFormat.of().parseHex(("897d" + "61".repeat(125)).repeat(1000));
            for (int round = 0; round < 160; round++) {
                pair.peer().send(pings);
            }
            pair.peer().send("88 02 03 e8");
            pair.peer().endOutput();
            get(closing);
        }
    }

    @Test
    void theClientLeavesTheEndOfTcpToTheServer() throws Exception {
        ConnectedPair pair = fixture.open();
        FutureTask<?> closing = closing(pair.connection());
        pair.peer().read();
        pair.peer().send("88 02 03 e8");
        // After both close frames the client answers no ping, and waits for the end of TCP.
        pair.peer().send("89 01 61");
        assertThat(closing.isDone()).isFalse();

        assertThat(pair.peer().endsAfterFin()).isTrue();
        get(closing);
    }

    @Test
    void codeAndReasonArriveExactly() throws Exception {
        ConnectedPair pair = fixture.open();
        FutureTask<?> closing = start(() -> {
            pair.connection().close(4001, "b".repeat(123));
            return true;
        });

        assertThat(pair.peer().read()).isEqualTo(Frame.close(4001, "b".repeat(123)));
        pair.peer().close();
        get(closing);
    }

    @Test
    void illegalCloseArgumentsSendNothing() throws Exception {
        ConnectedPair pair = fixture.open();
        for (int code : new int[] {-1, 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 66_536}) {
            assertInvalid(() -> pair.connection().close(code, ""));
        }
        assertInvalid(() -> pair.connection().close(1000, "b".repeat(124)));
        assertInvalid(() -> pair.connection().close(1000, "\ud800"));

        pair.connection().send("still open");
        assertThat(pair.peer().read()).isEqualTo(Frame.text("still open"));
    }

    @Test
    void closingEndsAtTheCloseTimeoutWhenThePeerNeverAnswers() throws Exception {
        Duration timeout = Duration.ofHours(1);
        ManualTimer timer = new ManualTimer();
        try (ClientServerFixture impatient =
                new ClientServerFixture(WebSocketClient.builder().closeTimeout(timeout), timer)) {
            ConnectedPair pair = impatient.open();
            FutureTask<?> closing = closing(pair.connection());
            assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));

            timer.advance(timeout.minusNanos(1));
            pair.peer().send("89 01 61");
            assertThat(pair.peer().read()).isEqualTo(Frame.of(0x8A, "61"));

            timer.advance(Duration.ofNanos(1));
            assertThat(pair.peer().ends()).isTrue();
            get(closing);
            assertThat(pair.connection().remoteClose()).isEmpty();
        }
    }

    @Test
    void closingEndsAtTheCloseTimeoutWhenThePeerFloodsInsteadOfAnswering() throws Exception {
        Duration timeout = Duration.ofMillis(200);
        try (ClientServerFixture impatient =
                new ClientServerFixture(WebSocketClient.builder().closeTimeout(timeout))) {
            ConnectedPair pair = impatient.open();
            byte[] flood = new byte[1_000_000];
            FutureTask<?> flooding = start(() -> {
                byte[] frame = new byte[] {(byte) 0x82, 127, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40};
                while (true) {
                    pair.peer().send(frame);
                    pair.peer().send(flood);
                }
            });
            long start = System.nanoTime();
            pair.connection().close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, Duration.ofSeconds(20));
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> get(flooding))
                    .hasCauseInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void theCloseTimeoutFreesABlockedSenderAndItsCloser() throws Exception {
        try (ClientServerFixture impatient =
                new ClientServerFixture(WebSocketClient.builder().closeTimeout(Duration.ofMillis(200)))) {
            ConnectedPair pair = impatient.open();
            FutureTask<?> sending = start(() -> {
                pair.connection().sendBinary(new byte[32 * 1024 * 1024]);
                return true;
            });
            // The first bytes of the frame have arrived: the sender is writing, and the peer does not read the rest.
            pair.peer().request();
            assertThat(pair.peer().readByte()).isEqualTo(0x82);
            get(closing(pair.connection()));

            assertClosed(() -> rethrow(sending));
            assertThat(pair.connection().state()).isEqualTo(ConnectionState.CLOSED);
        }
    }

    @Test
    void theCloseTimeoutDoesNotCutAMessageThatThePeerIsReading() throws Exception {
        Duration timeout = Duration.ofHours(1);
        int size = 32 * 1024 * 1024;
        ManualTimer timer = new ManualTimer();
        try (ClientServerFixture patient =
                new ClientServerFixture(WebSocketClient.builder().closeTimeout(timeout), timer)) {
            ConnectedPair pair = patient.open();
            FutureTask<?> sending = start(() -> {
                pair.connection().sendBinary(new byte[size]);
                return true;
            });
            assertThat(pair.peer().readByte()).isEqualTo(0x82);
            FutureTask<?> closing = closing(pair.connection());
            waitUntil(() -> pair.connection().state() == ConnectionState.CLOSE_SENT);

            // Half of the message is more than TCP buffers, so the client writes after each advance.
            int rest = 1 + 8 + 4 + size - size / 2;
            timer.advance(timeout.multipliedBy(3).dividedBy(4));
            pair.peer().skip(size / 2);
            timer.advance(timeout.multipliedBy(3).dividedBy(4));
            pair.peer().skip(rest);

            assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
            get(sending);
            pair.peer().close();
            get(closing);
        }
    }

    @Test
    void closingTwiceOrByManyThreadsSendsOneFrame() throws Exception {
        ConnectedPair pair = fixture.open();
        List<FutureTask<?>> closings = new ArrayList<>();
        for (int closer = 0; closer < 16; closer++) {
            closings.add(closing(pair.connection()));
        }

        assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
        pair.peer().send("88 02 03 e8");
        assertThat(pair.peer().endsAfterFin()).isTrue();
        for (FutureTask<?> closing : closings) {
            get(closing);
        }
        pair.connection().close(3000, "again");
    }

    @Test
    void messagesSentBeforeCloseArriveBeforeTheCloseFrame() throws Exception {
        ConnectedPair pair = fixture.open();
        pair.connection().send("a");
        pair.connection().ping();
        FutureTask<?> closing = closing(pair.connection());

        assertThat(pair.peer().read()).isEqualTo(Frame.text("a"));
        assertThat(pair.peer().read()).isEqualTo(Frame.of(0x89, ""));
        assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
        pair.peer().close();
        get(closing);
    }

    @ParameterizedTest
    @CsvSource({"88 02 03 e8, 03e8", "88 05 0f a0 62 79 65, 0fa0", "88 00, ''"})
    void thePeersCloseIsAnsweredWithItsOwnCode(String frame, String payload) throws Exception {
        ConnectedPair pair = fixture.open();
        pair.peer().send(frame);

        assertThat(pair.peer().read()).isEqualTo(Frame.of(0x88, payload));
        assertThat(pair.peer().endsAfterFin()).isTrue();
        assertChannelClosed(pair.connection());
        assertClosed(() -> pair.connection().send("x"));
        pair.connection().close();
    }

    @Test
    void aClosedChannelMeansThatSendingIsRefused() throws Exception {
        for (int round = 0; round < 50; round++) {
            ConnectedPair pair = fixture.open();
            pair.peer().send("88 02 03 e8");
            assertChannelClosed(pair.connection());

            assertClosed(() -> pair.connection().send("x"));
            assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
            assertThat(pair.peer().endsAfterFin()).isTrue();
        }
    }

    @Test
    void messagesBeforeThePeersCloseAreDeliveredAndNoneAfterIt() throws Exception {
        ConnectedPair pair =
                fixture.open(ConnectOptions.builder().channelCapacity(1).build());
        pair.peer().send("81 01 61 81 01 62 81 01 63 88 02 03 e8 81 01 64 89 01 65");

        assertThat(receive(pair.connection())).isEqualTo(text("a"));
        assertThat(receive(pair.connection())).isEqualTo(text("b"));
        assertThat(receive(pair.connection())).isEqualTo(text("c"));
        assertChannelClosed(pair.connection());
        assertChannelClosed(pair.connection());
        assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
        assertThat(pair.peer().endsAfterFin()).isTrue();
    }

    @Test
    void closeFreesAReaderThatWaitsForRoomInTheChannel() throws Exception {
        ConnectedPair pair =
                fixture.open(ConnectOptions.builder().channelCapacity(1).build());
        pair.peer().send("81 01 61".repeat(100));
        FutureTask<?> closing = closing(pair.connection());

        assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
        pair.peer().send("88 02 03 e8");
        assertThat(pair.peer().endsAfterFin()).isTrue();
        get(closing);
    }

    @Test
    void simultaneousClosesEndCleanlyWithOneFrameEach() throws Exception {
        for (int round = 0; round < 100; round++) {
            ConnectedPair pair = fixture.open();
            FutureTask<?> closing = start(() -> {
                pair.connection().close(3001, "");
                return true;
            });
            pair.peer().send("88 02 0b b8");

            assertThat(pair.peer().read().closeCode()).isIn(3000, 3001);
            assertThat(pair.peer().endsAfterFin()).isTrue();
            get(closing);
            assertThat(pair.connection().remoteClose()).contains(new CloseStatus(3000, ""));
        }
    }

    @Test
    void aPeerThatClosesAndEndsTcpAtOnceStillGetsOurCloseFrame() throws Exception {
        for (int round = 0; round < 200; round++) {
            ConnectedPair pair = fixture.open();
            FutureTask<?> closing = closing(pair.connection());
            pair.peer().send("88 02 03 e8");
            pair.peer().endOutput();

            assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
            assertThat(pair.peer().ends()).isTrue();
            get(closing);
        }
    }

    @Test
    void theEndOfTcpWithoutACloseFrameClosesTheChannelAfterCompleteMessages() throws Exception {
        ConnectedPair pair = fixture.open();
        pair.peer().send("81 01 61 01 01 62 00 05 63");
        assertThat(pair.peer().endsAfterFin()).isTrue();

        assertThat(receive(pair.connection())).isEqualTo(text("a"));
        assertChannelClosed(pair.connection());
        assertThat(pair.connection().remoteClose()).isEmpty();
        assertClosed(() -> pair.connection().send("x"));
        pair.connection().close();
    }

    @Test
    void aResetClosesTheChannel() throws Exception {
        ConnectedPair pair = fixture.open();
        pair.peer().reset();

        assertChannelClosed(pair.connection());
        pair.connection().close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void tcpCutInsideAFrameDeliversNothingOfIt(int cut) throws Exception {
        ConnectedPair pair = fixture.open();
        pair.peer().send("82 7e 00 80 01 02 03 04 05 06".replace(" ", "").substring(0, 2 * cut));
        assertThat(pair.peer().endsAfterFin()).isTrue();

        assertChannelClosed(pair.connection());
    }

    @ParameterizedTest
    @CsvSource({
        "c1 01 61, 1002",
        "83 00, 1002",
        "81 81 00 00 00 00 61, 1002",
        "81 7e 00 01 61, 1002",
        "80 01 61, 1002",
        "01 01 62 81 01 61, 1002",
        "09 00, 1002",
        "89 7e 00 7e, 1002",
        "88 01 03, 1002",
        "88 02 03 ed, 1002",
        "88 03 03 e8 ff, 1007",
        "81 01 ff, 1007",
        "82 7f 00 00 00 00 02 00 00 01, 1009"
    })
    void aViolationIsAnsweredWithItsCodeAndNothingOfItIsDelivered(String bytes, int code) throws Exception {
        ConnectedPair pair = fixture.open();
        pair.peer().send("81 05 61 6c 69 76 65" + bytes + "81 01 61 89 01 61");

        assertThat(pair.peer().read().closeCode()).isEqualTo(code);
        assertThat(pair.peer().ends()).isTrue();
        assertThat(receive(pair.connection())).isEqualTo(text("alive"));
        assertChannelClosed(pair.connection());
        assertClosed(() -> pair.connection().send("x"));
    }

    @Test
    void closingTheClientClosesEveryConnectionWith1001AndRefusesNewOnes() throws Exception {
        List<ConnectedPair> pairs = List.of(fixture.open(), fixture.open(), fixture.open());
        FutureTask<?> closing = start(() -> {
            fixture.client.close();
            return true;
        });

        for (ConnectedPair pair : pairs) {
            assertThat(pair.peer().read()).isEqualTo(Frame.close(1001, ""));
            pair.peer().send("88 02 03 e9");
            assertThat(pair.peer().endsAfterFin()).isTrue();
        }
        get(closing);
        assertClosed(() -> fixture.client.connect(fixture.server.url(), ConnectOptions.defaults()));
        assertThat(fixture.server.hasNoConnection()).isTrue();
    }

    private static FutureTask<?> closing(Connection connection) {
        return start(() -> {
            connection.close();
            return true;
        });
    }
}
