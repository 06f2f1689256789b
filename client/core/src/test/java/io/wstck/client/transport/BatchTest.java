package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.assertClosed;
import static io.wstck.client.transport.ClientServerFixture.assertInvalid;
import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.start;
import static io.wstck.client.transport.ClientServerFixture.text;
import static io.wstck.client.transport.ClientServerFixture.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.MessageBatch;
import io.wstck.client.TrafficObserver;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import io.wstck.client.transport.Peer.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The messages of a batch are written together, in their order, over real sockets. */
@Timeout(60)
class BatchTest {
    /** Writes to the socket, and how many of them were made by virtual threads. */
    private static final class CountedWrites implements TrafficObserver.ConnectionTraffic {
        private final AtomicInteger writes = new AtomicInteger();
        private final AtomicInteger virtual = new AtomicInteger();

        @Override
        public void sent(ByteBuffer bytes) {
            writes.incrementAndGet();
            if (Thread.currentThread().isVirtual()) {
                virtual.incrementAndGet();
            }
        }

        @Override
        public void received(ByteBuffer bytes) {
            // Only writes are counted.
        }

        @Override
        public void ended(Optional<IOException> cause) {
            // Only writes are counted.
        }
    }

    private final CountedWrites traffic = new CountedWrites();
    private ClientServerFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new ClientServerFixture(ClientServerFixture.settings().observer(_ -> traffic));
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void aHundredMessagesOfABatchTakeOneWriteAndKeepTheirOrder() throws Exception {
        ConnectedPair pair = fixture.open();
        int before = traffic.writes.get();
        try (MessageBatch batch = pair.connection().batch()) {
            for (int index = 0; index < 50; index++) {
                batch.send("text " + index);
                batch.sendBinary(new byte[] {(byte) index});
            }
        }

        assertThat(traffic.writes.get() - before).isEqualTo(1);
        for (int index = 0; index < 50; index++) {
            assertThat(pair.peer().read()).isEqualTo(Frame.text("text " + index));
            assertThat(pair.peer().read()).isEqualTo(Frame.binary(new byte[] {(byte) index}));
        }
    }

    @Test
    void nothingIsWrittenBeforeTheFlushAndTheBatchCanBeUsedAgain() throws Exception {
        ConnectedPair pair = fixture.open();
        MessageBatch batch = pair.connection().batch();
        batch.send("first of the batch");
        pair.connection().send("not in the batch");
        batch.flush();
        batch.sendText(new byte[] {'2'});
        batch.close();

        assertThat(pair.peer().read()).isEqualTo(Frame.text("not in the batch"));
        assertThat(pair.peer().read()).isEqualTo(Frame.text("first of the batch"));
        assertThat(pair.peer().read()).isEqualTo(Frame.text("2"));
    }

    @Test
    void aFullBatchIsWrittenWithoutAFlush() throws Exception {
        ConnectedPair pair = fixture.open();
        MessageBatch many = pair.connection().batch();
        for (int index = 0; index < MessageBatch.MAX_MESSAGES; index++) {
            many.send("x");
        }
        for (int index = 0; index < MessageBatch.MAX_MESSAGES; index++) {
            assertThat(pair.peer().read()).isEqualTo(Frame.text("x"));
        }

        MessageBatch large = pair.connection().batch();
        byte[] half = new byte[MessageBatch.MAX_BYTES / 2];
        large.sendBinary(half);
        large.sendBinary(half);
        assertThat(pair.peer().read()).isEqualTo(Frame.binary(half));
        assertThat(pair.peer().read()).isEqualTo(Frame.binary(half));
    }

    @Test
    void aMessageThatIsNotValidIsNotAddedAndTheOthersAreSent() throws Exception {
        ConnectedPair pair = fixture.open();
        MessageBatch batch = pair.connection().batch();
        batch.send("before");
        assertInvalid(() -> batch.send("\ud800"));
        assertInvalid(() -> batch.sendText(new byte[] {(byte) 0xC3}));
        batch.send("after");
        batch.flush();

        assertThat(pair.peer().read()).isEqualTo(Frame.text("before"));
        assertThat(pair.peer().read()).isEqualTo(Frame.text("after"));
    }

    @Test
    void aFlushAfterTheConnectionIsClosedFailsAndSendsNothing() throws Exception {
        ConnectedPair pair = fixture.open();
        MessageBatch batch = pair.connection().batch();
        batch.send("too late");
        FutureTask<?> closing = start(() -> {
            pair.connection().close();
            return true;
        });
        assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));

        assertClosed(batch::flush);
        pair.peer().send("88 02 03 e8");
        assertThat(pair.peer().endsAfterFin()).isTrue();
        get(closing);
        // The message was dropped, so there is nothing to fail for.
        batch.close();
    }

    @Test
    void aBatchToAPeerThatHasGoneFails() throws Exception {
        ConnectedPair pair = fixture.open();
        pair.peer().reset();
        waitUntil(() -> pair.connection().state() == ConnectionState.CLOSED);

        MessageBatch batch = pair.connection().batch();
        batch.send("lost");
        assertClosed(batch::close);
    }

    @Test
    void theWriteTimeoutEndsABatchThatIsStuck() throws Exception {
        ConnectedPair pair = fixture.open(
                ConnectOptions.builder().writeTimeout(Duration.ofMillis(200)).build());
        MessageBatch batch = pair.connection().batch();
        // More than the buffers of both sockets hold, to a peer that does not read.
        assertClosed(() -> batch.sendBinary(new byte[64 * 1024 * 1024]));
    }

    @Test
    void batchesOfSeveralThreadsLoseNothingAndKeepTheirOwnOrder() throws Exception {
        ConnectedPair pair = fixture.open();
        int threads = 8;
        int each = 1000;
        List<FutureTask<?>> sending = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int name = thread;
            sending.add(start(() -> {
                try (MessageBatch batch = pair.connection().batch()) {
                    for (int index = 0; index < each; index++) {
                        batch.sendBinary(ByteBuffer.allocate(8)
                                .putInt(name)
                                .putInt(index)
                                .array());
                        if (index % 10 == name) {
                            batch.flush();
                        }
                    }
                }
                return true;
            }));
        }

        int[] next = new int[threads];
        for (int count = 0; count < threads * each; count++) {
            ByteBuffer payload =
                    ByteBuffer.wrap(HexFormat.of().parseHex(pair.peer().read().payload()));
            assertThat(payload.getInt(4)).isEqualTo(next[payload.getInt(0)]++);
        }
        for (FutureTask<?> task : sending) {
            get(task);
        }
    }

    @Test
    void noVirtualThreadWritesForAProgramOfPlatformThreads() throws Exception {
        FutureTask<Connection> connecting =
                new FutureTask<>(() -> fixture.client.connect(fixture.server.url(), ConnectOptions.defaults()));
        Thread.ofPlatform().daemon().start(connecting);
        Peer peer = fixture.server.accept().shakeHands();
        Connection connection = get(connecting);
        peer.send("89 01 61 81 01 78");
        assertThat(receive(connection)).isEqualTo(text("x"));

        assertThat(peer.read()).isEqualTo(Frame.of(0x8A, "61"));
        // A virtual thread that dials or writes makes the socket non-blocking, and each read costs two calls then.
        assertThat(traffic.virtual).hasValue(0);
    }
}
