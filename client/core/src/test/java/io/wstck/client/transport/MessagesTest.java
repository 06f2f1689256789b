package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.assertClosed;
import static io.wstck.client.transport.ClientServerFixture.assertInvalid;
import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.start;
import static io.wstck.client.transport.ClientServerFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Message;
import io.wstck.client.ServerFrames;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import io.wstck.client.transport.Peer.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5 and §6, messages and pings in both directions over real sockets, under contention and backpressure. */
@Timeout(60)
class MessagesTest {
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
    void textBinaryAndPingsArriveInTheOrderSent() throws Exception {
        ConnectedPair pair = fixture.open();
        byte[] all = new byte[256];
        for (int value = 0; value < 256; value++) {
            all[value] = (byte) value;
        }
        pair.connection().send("a");
        pair.connection().sendBinary(all);
        pair.connection().ping();
        pair.connection().ping(new byte[125]);
        pair.connection().sendText(new byte[] {'b'});

        assertThat(pair.peer().read()).isEqualTo(Frame.text("a"));
        assertThat(pair.peer().read()).isEqualTo(Frame.binary(all));
        assertThat(pair.peer().read()).isEqualTo(Frame.of(0x89, ""));
        assertThat(pair.peer().read()).isEqualTo(Frame.of(0x89, "00".repeat(125)));
        assertThat(pair.peer().read()).isEqualTo(Frame.text("b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 4081, 4082, 4096, 65_521, 65_522, 65_535, 65_536, 131_072, 1_048_576, 16_777_216})
    void everySizeArrivesWholeInBothDirections(int size) throws Exception {
        ConnectedPair pair = fixture.open();
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        FutureTask<?> sending = start(() -> {
            pair.connection().sendBinary(payload);
            return true;
        });

        assertThat(pair.peer().read()).isEqualTo(Frame.binary(payload));
        get(sending);
        FutureTask<?> pushing = start(() -> {
            pair.peer().send(serverFrame(payload));
            return true;
        });
        assertThat(receive(pair.connection())).isEqualTo(new Message.Binary(payload));
        get(pushing);
    }

    @Test
    void invalidTextOrPingPayloadSendsNothing() throws Exception {
        ConnectedPair pair = fixture.open();
        assertInvalid(() -> pair.connection().send("\ud800"));
        assertInvalid(() -> pair.connection().sendText(new byte[] {(byte) 0xc3}));
        assertInvalid(() -> pair.connection().ping(new byte[126]));
        pair.connection().send("open");

        assertThat(pair.peer().read()).isEqualTo(Frame.text("open"));
    }

    @Test
    void manySendersLoseNothingAndKeepTheirOwnOrder() throws Exception {
        ConnectedPair pair = fixture.open();
        int senders = 16;
        int each = 500;
        List<FutureTask<?>> sending = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            String name = sender + ":";
            sending.add(start(() -> {
                for (int index = 0; index < each; index++) {
                    pair.connection().send(name + index + ":" + "x".repeat(index * 7 % 3000));
                }
                return true;
            }));
        }

        int[] next = new int[senders];
        for (int count = 0; count < senders * each; count++) {
            String[] parts = new String(
                            HexFormat.of().parseHex(pair.peer().read().payload()),
                            java.nio.charset.StandardCharsets.US_ASCII)
                    .split(":", 3);
            int index = next[Integer.parseInt(parts[0])]++;
            assertThat(parts[1]).isEqualTo(String.valueOf(index));
            assertThat(parts[2]).hasSize(index * 7 % 3000);
        }
        for (FutureTask<?> task : sending) {
            get(task);
        }
    }

    @Test
    void everyPingOfABurstIsAnsweredInOrderWhileNoMessageIsReceived() throws Exception {
        ConnectedPair pair = fixture.open();
        StringBuilder burst = new StringBuilder();
        for (int index = 0; index < 1000; index++) {
            burst.append(String.format(Locale.ROOT, "8904%08x", index));
        }
        pair.peer().send(burst.toString());

        for (int index = 0; index < 1000; index++) {
            assertThat(pair.peer().read()).isEqualTo(Frame.of(0x8A, String.format(Locale.ROOT, "%08x", index)));
        }
    }

    @Test
    void pingsAreAnsweredBetweenTheFramesOfBusySenders() throws Exception {
        ConnectedPair pair = fixture.open();
        FutureTask<?> sending = start(() -> {
            for (int index = 0; index < 5000; index++) {
                pair.connection().send("busy");
            }
            return true;
        });
        pair.peer().send("8901aa8901bb");

        List<String> pongs = new ArrayList<>();
        int messages = 0;
        while (messages < 5000 || pongs.size() < 2) {
            Frame frame = pair.peer().read();
            if (frame.firstByte() == 0x8A) {
                pongs.add(frame.payload());
            } else {
                assertThat(frame).isEqualTo(Frame.text("busy"));
                messages++;
            }
        }
        assertThat(pongs).containsExactly("aa", "bb");
        get(sending);
    }

    @Test
    void theReaderContinuesWhileThePeerSendsPingsAndDoesNotRead() throws Exception {
        ConnectedPair pair = fixture.open();
        byte[] large = new byte[32 * 1024 * 1024];
        FutureTask<?> sending = start(() -> {
            pair.connection().sendBinary(large);
            return true;
        });
        // The write is blocked. If the reader waited for it, the message after the ping would not arrive.
        assertThat(pair.peer().readByte()).isEqualTo(0x82);
        pair.peer().send("8901aa 81 01 61");
        assertThat(receive(pair.connection())).isEqualTo(text("a"));

        pair.peer().skip(1 + 8 + 4 + large.length);
        assertThat(pair.peer().read()).isEqualTo(Frame.of(0x8A, "aa"));
        get(sending);
    }

    @Test
    void aSlowConsumerStopsThePeerAndLosesNothing() throws Exception {
        ConnectedPair pair =
                fixture.open(ConnectOptions.builder().channelCapacity(1).build());
        int count = 1024;
        FutureTask<?> pushing = start(() -> {
            for (int index = 0; index < count; index++) {
                pair.peer()
                        .send(serverFrame(
                                ByteBuffer.allocate(65_536).putInt(index).array()));
            }
            return true;
        });
        // 64 MiB are more than all socket buffers hold, so the peer cannot finish.
        assertThatThrownBy(() -> pushing.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        for (int index = 0; index < count; index++) {
            Message message = (Message) receive(pair.connection());
            assertThat(ByteBuffer.wrap(message.bytes()).getInt()).isEqualTo(index);
        }
        get(pushing);
    }

    @Test
    void messagesInBothDirectionsAtFullSpeedDoNotBlockEachOther() throws Exception {
        ConnectedPair pair =
                fixture.open(ConnectOptions.builder().channelCapacity(4).build());
        int count = 20_000;
        FutureTask<?> echoing = start(() -> {
            for (int index = 0; index < count; index++) {
                pair.peer()
                        .send(serverFrame(
                                HexFormat.of().parseHex(pair.peer().read().payload())));
            }
            return true;
        });
        FutureTask<?> sending = start(() -> {
            for (int index = 0; index < count; index++) {
                pair.connection()
                        .sendBinary(ByteBuffer.allocate(100).putInt(index).array());
            }
            return true;
        });

        for (int index = 0; index < count; index++) {
            Message message = (Message) pair.connection().messages().receiveOrClosed();
            assertThat(ByteBuffer.wrap(message.bytes()).getInt()).isEqualTo(index);
        }
        get(sending);
        get(echoing);
    }

    @Test
    void sendingToAPeerThatHasGoneFailsInTheEnd() throws Exception {
        ConnectedPair pair = fixture.open();
        pair.peer().reset();

        assertClosed(() -> {
            while (true) {
                pair.connection().sendBinary(new byte[100_000]);
            }
        });
        ClientServerFixture.assertChannelClosed(pair.connection());
    }

    private static byte[] serverFrame(byte[] payload) {
        return ServerFrames.frame(0x82, payload);
    }
}
