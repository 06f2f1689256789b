package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.assertChannelClosed;
import static io.wstck.client.transport.ClientServerFixture.assertClosed;
import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.start;
import static io.wstck.client.transport.ClientServerFixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Message;
import io.wstck.client.ServerFrames;
import io.wstck.client.WebSocketException;
import io.wstck.client.Zlib;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import io.wstck.client.transport.Peer.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692, permessage-deflate, over real sockets (clauses options.compression.*, options.compression-threshold). */
@Timeout(60)
class CompressionTest {
    private static final String BOTH_RESET =
            "permessage-deflate; client_no_context_takeover; server_no_context_takeover";

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
    void eachModeOffersItsParameters() throws Exception {
        assertThat(fixture.open(mode(CompressionMode.CONTEXT_TAKEOVER).build())
                        .peer()
                        .header("Sec-WebSocket-Extensions"))
                .isEqualTo("permessage-deflate");
        assertThat(fixture.open(mode(CompressionMode.NO_CONTEXT).build()).peer().header("Sec-WebSocket-Extensions"))
                .isEqualTo(BOTH_RESET);
        assertThat(fixture.open().peer().request()).doesNotContain("Extensions");
        assertThat(fixture.open(mode(CompressionMode.DISABLED).build()).peer().request())
                .doesNotContain("Extensions");
    }

    @ParameterizedTest
    @EnumSource(CompressionMode.class)
    void aServerThatDeclinesGetsPlainFrames(CompressionMode mode) throws Exception {
        ConnectedPair pair = fixture.open(mode(mode).build());
        pair.connection().send("a".repeat(100));
        pair.peer().send("81 01 61");

        assertThat(pair.peer().read()).isEqualTo(Frame.text("a".repeat(100)));
        assertThat(receive(pair.connection())).isEqualTo(text("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"CONTEXT_TAKEOVER | permessage-deflate", "NO_CONTEXT | " + BOTH_RESET})
    void messagesOfEverySizeArriveWholeInBothDirections(CompressionMode mode, String answer) throws Exception {
        ConnectedPair pair = open(mode(mode), answer);
        Inflater inflater = new Inflater(true);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        for (int size : new int[] {0, 1, 125, 126, 4096, 65_535, 65_536, 1_000_000, 5_000_000, 10}) {
            byte[] message = prose(size);
            FutureTask<?> sending = start(() -> {
                pair.connection().sendText(message);
                return true;
            });
            assertThat(Zlib.inflated(inflater, pair.peer().readMessage(0x41))).isEqualTo(message);
            get(sending);
            FutureTask<?> pushing = start(() -> {
                pair.peer().send(ServerFrames.fragments(0x41, Zlib.deflated(deflater, message), 50_000));
                return true;
            });
            assertThat(receive(pair.connection())).isEqualTo(new Message.Text(message));
            get(pushing);
            if (mode == CompressionMode.NO_CONTEXT) {
                inflater.reset();
                deflater.reset();
            }
        }
        inflater.end();
        deflater.end();
    }

    @Test
    void onlyMessagesFromTheThresholdOnAreCompressed() throws Exception {
        ConnectedPair pair =
                open(mode(CompressionMode.CONTEXT_TAKEOVER).compressionThreshold(100), "permessage-deflate");
        pair.connection().send("a".repeat(99));
        pair.connection().send("a".repeat(100));
        pair.connection().ping(new byte[125]);

        assertThat(pair.peer().read()).isEqualTo(Frame.text("a".repeat(99)));
        assertThat(pair.peer().read().firstByte()).isEqualTo(0xC1);
        assertThat(pair.peer().read().firstByte()).isEqualTo(0x89);
    }

    @Test
    void contextTakeoverModeObeysAServerThatWantsNoContext() throws Exception {
        ConnectedPair pair =
                open(mode(CompressionMode.CONTEXT_TAKEOVER), "permessage-deflate; client_no_context_takeover");
        byte[] message = prose(1000);
        for (int round = 0; round < 3; round++) {
            pair.connection().sendBinary(message);
            assertThat(Zlib.inflated(pair.peer().readMessage(0x42))).isEqualTo(message);
        }
    }

    @Test
    void theWindowSlidesAcrossMessages() throws Exception {
        ConnectedPair pair =
                open(mode(CompressionMode.CONTEXT_TAKEOVER), "permessage-deflate; server_max_window_bits=\"9\"");
        byte[] message = prose(1000);
        pair.connection().sendBinary(message);
        pair.connection().sendBinary(message);

        int first = pair.peer().readMessage(0x42).length;
        assertThat(pair.peer().readMessage(0x42).length).isLessThan(first / 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; client_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; foo",
                "permessage-deflate, permessage-deflate",
                "foo"
            })
    void anAnswerThatWasNotOfferedIsAFailedConnect(String answer) throws Exception {
        FutureTask<Connection> connecting =
                fixture.connecting(mode(CompressionMode.CONTEXT_TAKEOVER).build());
        Peer peer = fixture.server.accept().shakeHandsWith("Sec-WebSocket-Extensions: " + answer);

        assertThat(peer.ends()).isTrue();
        assertThatThrownBy(() -> get(connecting))
                .cause()
                .isInstanceOf(WebSocketException.class)
                .hasMessageContaining("Sec-WebSocket-Extensions");
    }

    @Test
    void manySendersShareOneWindow() throws Exception {
        ConnectedPair pair = open(mode(CompressionMode.CONTEXT_TAKEOVER), "permessage-deflate");
        int senders = 8;
        int each = 200;
        List<FutureTask<?>> sending = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            String name = "sender " + sender + " message ";
            sending.add(start(() -> {
                for (int index = 0; index < each; index++) {
                    pair.connection().send(name + index);
                }
                return true;
            }));
        }

        int[] next = new int[senders];
        Inflater inflater = new Inflater(true);
        for (int count = 0; count < senders * each; count++) {
            String[] words = new String(Zlib.inflated(inflater, pair.peer().readMessage(0x41)), UTF_8).split(" ", 4);
            assertThat(words[3]).isEqualTo(String.valueOf(next[Integer.parseInt(words[1])]++));
        }
        inflater.end();
        for (FutureTask<?> task : sending) {
            get(task);
        }
    }

    @Test
    void aPongComesBetweenTheFragmentsOfALargeMessage() throws Exception {
        ConnectedPair pair = open(mode(CompressionMode.CONTEXT_TAKEOVER), "permessage-deflate");
        byte[] message = new byte[32 * 1024 * 1024];
        new Random(1).nextBytes(message);
        FutureTask<?> sending = start(() -> {
            pair.connection().sendBinary(message);
            return true;
        });
        Frame first = pair.peer().read();
        assertThat(first.firstByte()).isEqualTo(0x42);
        pair.peer().send("89 01 aa 81 01 61");
        // The message after the ping has arrived, so the pong is queued.
        assertThat(receive(pair.connection())).isEqualTo(text("a"));

        int frames = 0;
        Frame frame = pair.peer().read();
        while (frame.firstByte() == 0) {
            frames++;
            frame = pair.peer().read();
        }
        assertThat(frame).isEqualTo(Frame.of(0x8A, "aa"));
        assertThat(frames).isLessThan(500);
        assertThat(pair.peer().read().firstByte()).isZero();
        pair.peer().reset();
        assertThatThrownBy(() -> get(sending)).hasCauseInstanceOf(WebSocketException.class);
    }

    @Test
    void aCompressedMessageThatCannotBeWrittenFailsAfterTheWriteTimeout() throws Exception {
        Duration timeout = Duration.ofMillis(300);
        ConnectedPair pair = open(mode(CompressionMode.CONTEXT_TAKEOVER).writeTimeout(timeout), "permessage-deflate");
        byte[] message = new byte[32 * 1024 * 1024];
        new Random(1).nextBytes(message);
        long start = System.nanoTime();

        assertClosed(() -> pair.connection().sendBinary(message));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, Duration.ofSeconds(10));
        assertChannelClosed(pair.connection());
    }

    /** RFC 6455 §5.5.1: an endpoint may finish its message before it answers, but need not. */
    @Test
    void aCloseThatComesWhileALongMessageIsWrittenIsAnsweredBetweenTwoFragments() throws Exception {
        ConnectedPair pair = open(mode(CompressionMode.CONTEXT_TAKEOVER), "permessage-deflate");
        byte[] message = new byte[32 * 1024 * 1024];
        new Random(1).nextBytes(message);
        FutureTask<?> sending = start(() -> {
            assertClosed(() -> pair.connection().sendBinary(message));
            return true;
        });
        assertThat(pair.peer().read().firstByte()).isEqualTo(0x42);
        pair.peer().send("88 02 03 e8");

        long fragments = 1;
        Frame frame = pair.peer().read();
        while (frame.firstByte() == 0) {
            fragments++;
            frame = pair.peer().read();
        }
        assertThat(frame).isEqualTo(Frame.close(1000, ""));
        assertThat(fragments * 65_536).isLessThan(message.length);
        assertThat(pair.peer().endsAfterFin()).isTrue();
        get(sending);
        assertChannelClosed(pair.connection());
    }

    @ParameterizedTest
    @CsvSource({
        "c1 04 12 34 56 78, 1007",
        "c1 06 f2 48 cd c9 c9 07, 1007",
        "41 03 f2 48 cd c0 04, 1002",
        "c9 00, 1002",
        "e1 00, 1002",
        "c1 02 4a fe, 1007"
    })
    void aViolationOfTheExtensionFailsTheConnection(String frames, int code) throws Exception {
        ConnectedPair pair = open(mode(CompressionMode.CONTEXT_TAKEOVER), "permessage-deflate");
        pair.peer().send("c1 07 f2 48 cd c9 c9 07 00");
        assertThat(receive(pair.connection())).isEqualTo(text("Hello"));
        pair.peer().send(frames);

        assertThat(pair.peer().read().closeCode()).isEqualTo(code);
        assertThat(pair.peer().endsAfterFin()).isTrue();
        assertChannelClosed(pair.connection());
    }

    @Test
    void aCompressionBombIsAnsweredBeforeAllOfItHasArrived() throws Exception {
        ConnectedPair pair = open(mode(CompressionMode.CONTEXT_TAKEOVER).readLimit(100_000), "permessage-deflate");
        byte[] bomb = Zlib.deflated(new byte[100_000_000], Deflater.BEST_COMPRESSION);
        byte[] half = java.util.Arrays.copyOf(ServerFrames.frame(0xC2, bomb), bomb.length / 2);
        FutureTask<?> pushing = start(() -> {
            pair.peer().send(half);
            return true;
        });

        assertThat(pair.peer().read().closeCode()).isEqualTo(1009);
        get(pushing);
        assertThat(pair.peer().endsAfterFin()).isTrue();
        assertChannelClosed(pair.connection());
    }

    private ConnectedPair open(ConnectOptions.Builder options, String answer) throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(options.build());
        Peer peer = fixture.server.accept().shakeHandsWith("Sec-WebSocket-Extensions: " + answer);
        return new ConnectedPair(get(connecting), peer);
    }

    private static ConnectOptions.Builder mode(CompressionMode mode) {
        return ConnectOptions.builder().compression(mode).compressionThreshold(0);
    }

    private static byte[] prose(int size) {
        byte[] bytes = new byte[size];
        Random random = new Random(size);
        for (int index = 0; index < size; index++) {
            bytes[index] = (byte) (random.nextInt(4) == 0 ? ' ' + random.nextInt(90) : "the frame".charAt(index % 9));
        }
        return bytes;
    }
}
