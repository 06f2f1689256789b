package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.start;
import static io.wstck.client.transport.ClientServerFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.softwaremill.jox.ChannelClosed;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import io.wstck.client.transport.Peer.Frame;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The number of threads of a client does not grow with the frames that a server sends, or with the calls that wait. A
 * connection starts one thread.
 */
@Timeout(120)
class ThreadBoundsTest {
    /** The largest number of pongs that the protocol queues. */
    private static final int MAX_PONGS = 1024;

    private static final int PINGS = 3 * MAX_PONGS;
    private static final int CONNECTIONS = 100;
    private static final int LARGE = 16 * 1024 * 1024;

    @TempDir
    private Path folder;

    @Test
    void pingsBehindABlockedWriterShareOneThreadAndTheLatestAreAnsweredLater() throws Exception {
        try (ClientServerFixture fixture = new ClientServerFixture()) {
            ConnectedPair pair = fixture.open();
            FutureTask<?> stuck = start(() -> {
                pair.connection().sendBinary(new byte[LARGE]);
                return true;
            });
            // The writer holds the lock until the peer has read the message.
            assertThat(pair.peer().readByte()).isEqualTo(0x82);

            pair.peer().send(pings());
            pair.peer().send("81 01 61");
            // The text follows the pings, so all of them have been received.
            assertThat(receive(pair.connection())).isEqualTo(text("a"));
            assertThat(threadsNamed("wstck-pong")).isLessThanOrEqualTo(1);

            pair.peer().skip(9 + 4 + LARGE);
            for (int ping = PINGS - MAX_PONGS; ping < PINGS; ping++) {
                assertThat(pair.peer().read()).isEqualTo(Frame.of(0x8A, "%08x".formatted(ping)));
            }
            get(stuck);

            pair.peer().send("89 01 7a");
            assertThat(pair.peer().read()).isEqualTo(Frame.of(0x8A, "7a"));
        }
    }

    @Test
    void dialsOfOneHostWhoseLookupHangsShareOneThreadAndFailAtTheirTimeouts() throws Exception {
        ConnectOptions options =
                ConnectOptions.builder().dialTimeout(Duration.ofMillis(20)).build();
        try (WebSocketClient client = WebSocketClient.create()) {
            for (int dial = 0; dial < 20; dial++) {
                assertThatThrownBy(() -> client.connect("ws://c.hanging.test/", options))
                        .hasMessageContaining("name lookup");
            }
            assertThat(threadsNamed("wstck-lookup")).isLessThanOrEqualTo(1);

            FutureTask<Boolean> waiting = start(() -> {
                assertThatThrownBy(() -> client.connect("ws://c.hanging.test/", ConnectOptions.defaults()))
                        .hasMessageContaining("unknown host");
                return true;
            });
            // The lookup may run twice, because a dial may come after the first lookup has ended.
            TestResolver.HANGING.get("c.hanging.test").release(2);
            get(waiting);
        }
    }

    @Test
    void connectionsOneAfterAnotherStartNoThreadsButTheirReaders() throws Exception {
        try (ScriptedServer server = new ScriptedServer()) {
            FutureTask<Boolean> serving = new FutureTask<>(() -> pingAndClose(server, CONNECTIONS + 1));
            Thread.ofPlatform().daemon().start(serving);
            // Starts the threads that the others share.
            connectToTheEnd(server);
            long before = started();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                connectToTheEnd(server);
            }

            // A helping thread may still be busy when the next connection needs one.
            assertThat(started() - before).isBetween((long) CONNECTIONS, CONNECTIONS + CONNECTIONS / 5L);
            assertThat(get(serving)).isTrue();
        }
    }

    /** Sends a ping on each connection, waits for the pong, and closes the connection. */
    private static boolean pingAndClose(ScriptedServer server, int connections) throws IOException {
        for (int connection = 0; connection < connections; connection++) {
            try (Peer peer = server.accept().shakeHands("89 01 61")) {
                assertThat(peer.read()).isEqualTo(Frame.of(0x8A, "61"));
                peer.send("88 02 03 e8");
                assertThat(peer.read()).isEqualTo(Frame.close(1000, ""));
                assertThat(peer.endsAfterFin()).isTrue();
            }
        }
        return true;
    }

    /** Uses a client that looks up a name, sets a deadline and answers a ping, until the server closes. */
    private static void connectToTheEnd(ScriptedServer server) throws Exception {
        ConnectOptions timed =
                ConnectOptions.builder().readTimeout(Duration.ofHours(1)).build();
        try (WebSocketClient client = WebSocketClient.builder()
                        .closeTimeout(ClientServerFixture.TEST_TIMEOUT)
                        .resolver(_ -> List.of(InetAddress.getLoopbackAddress()))
                        .build();
                Connection connection = client.connect("ws://pinging.test:" + server.port() + "/", timed)) {
            assertThat(connection.messages().receiveOrClosed()).isInstanceOf(ChannelClosed.class);
        }
    }

    /** Returns the number of platform threads that this JVM has started. */
    private static long started() {
        return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
    }

    private static byte[] pings() {
        ByteBuffer bytes = ByteBuffer.allocate(PINGS * 6);
        for (int ping = 0; ping < PINGS; ping++) {
            bytes.putShort((short) 0x8904).putInt(ping);
        }
        return bytes.array();
    }

    /** Counts live threads, also virtual threads, which {@link Thread#getAllStackTraces()} leaves out. */
    private long threadsNamed(String name) throws IOException {
        Path dump = folder.resolve("threads.json");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
        try (var lines = Files.lines(dump)) {
            return lines.filter(line -> line.contains("\"name\": \"" + name + "\""))
                    .count();
        }
    }
}
