package io.wstck.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.softwaremill.jox.ChannelClosed;
import com.sun.management.HotSpotDiagnosticMXBean;
import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ServerFrames;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.client.Zlib;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand connections that end abnormally, in every stage, leave no thread, no socket and no native memory. */
@Timeout(180)
class AbnormalEndsTest {
    private static final int CONNECTIONS = 1000;
    private static final int AT_ONCE = 50;
    /** The class that holds the native memory of a Deflater. The JVM's cleaner keeps it until the Deflater is ended. */
    private static final String DEFLATER = "java.util.zip.Deflater$DeflaterZStreamRef";

    private static final String INFLATER = "java.util.zip.Inflater$InflaterZStreamRef";

    private static final byte[] BOMB =
            ServerFrames.frame(0xC2, Zlib.deflated(new byte[2_000_000], Deflater.BEST_COMPRESSION));

    /** The ways in which a server ends a connection. */
    private enum ConnectionEnding {
        DAMAGED("c1 04 12 34 56 78"),
        CUT_MESSAGE("c1 06 f2 48 cd c9 c9 07"),
        CUT_FRAME("41 06 f2 48 cd"),
        BOMB(""),
        VIOLATION("ff"),
        RESET(""),
        CLOSED("88 02 03 e8"),
        LEFT_TO_THE_CLIENT(""),
        REFUSED(""),
        BAD_EXTENSION(""),
        SILENT(""),
        SILENT_TLS("");

        private final String frames;

        ConnectionEnding(String frames) {
            this.frames = frames;
        }

        void play(Peer peer) throws IOException {
            switch (this) {
                case SILENT, SILENT_TLS -> {}
                case REFUSED -> {
                    peer.request();
                    peer.answer("HTTP/1.1 503 Busy\r\n\r\n", "");
                }
                case BAD_EXTENSION -> peer.shakeHandsWith("Sec-WebSocket-Extensions: permessage-deflate; foo");
                default -> {
                    peer.shakeHandsWith("Sec-WebSocket-Extensions: permessage-deflate");
                    // Both sides have compressed a message before the end.
                    peer.send("c1 07 f2 48 cd c9 c9 07 00");
                    peer.read();
                    peer.send(frames);
                    end(peer);
                }
            }
            // Reads the rest, because unread bytes would reset the connection.
            while (this != RESET && !peer.ends()) {}
        }

        private void end(Peer peer) throws IOException {
            switch (this) {
                case BOMB -> peer.send(AbnormalEndsTest.BOMB);
                case RESET -> peer.reset();
                case CUT_FRAME -> peer.endOutput();
                default -> {}
            }
        }
    }

    private final ConcurrentLinkedQueue<Connection> connections = new ConcurrentLinkedQueue<>();

    @Test
    void aThousandAbnormalEndsLeaveNoResourceBehind(@TempDir Path folder) throws Exception {
        // Runs once before the count, because the JVM allocates some objects only once.
        endAbnormally(ConnectionEnding.values().length, AT_ONCE);
        connections.clear();
        long sockets = openSockets();
        String before = histogram();

        endAbnormally(CONNECTIONS, AT_ONCE);

        // Checked at once, because the JVM's cleaner would free the memory later.
        String after = histogram();
        // The JVM also makes a few of these objects.
        assertThat(live(DEFLATER, after)).isLessThanOrEqualTo(live(DEFLATER, before) + 20);
        assertThat(live(INFLATER, after)).isLessThanOrEqualTo(live(INFLATER, before) + 20);
        assertThat(connections).hasSizeGreaterThan(CONNECTIONS / 2);
        joinSharedThreads();
        assertThat(threads(folder)).isEmpty();
        assertThat(openSockets()).isLessThanOrEqualTo(sockets + 5);
    }

    private void endAbnormally(int count, int atOnce) throws Exception {
        try (WebSocketClient client =
                WebSocketClient.builder().closeTimeout(Duration.ofMillis(200)).build()) {
            Semaphore slots = new Semaphore(atOnce);
            List<FutureTask<Boolean>> ends = Stream.iterate(0, index -> index + 1)
                    .limit(count)
                    .map(index -> ConnectionEnding.values()[index % ConnectionEnding.values().length])
                    .map(end -> ClientServerFixture.start(() -> {
                        slots.acquire();
                        try (ScriptedServer server = new ScriptedServer()) {
                            return endAbnormally(client, server, end);
                        } finally {
                            slots.release();
                        }
                    }))
                    .toList();
            for (FutureTask<Boolean> end : ends) {
                assertThat(end.get()).isTrue();
            }
        }
    }

    /** Plays one connection to its end on both sides. */
    private boolean endAbnormally(WebSocketClient client, ScriptedServer server, ConnectionEnding end)
            throws Exception {
        FutureTask<Boolean> playing = ClientServerFixture.start(() -> {
            try {
                end.play(server.accept());
            } catch (IOException e) {
                // The client ended the connection first, which is legal.
                return false;
            }
            return true;
        });
        try {
            Connection connection = client.connect(
                    end == ConnectionEnding.SILENT_TLS ? server.url().replace("ws:", "wss:") : server.url(),
                    ConnectOptions.builder()
                            .compression(CompressionMode.CONTEXT_TAKEOVER)
                            .compressionThreshold(0)
                            .readLimit(1_000_000)
                            .dialTimeout(
                                    end == ConnectionEnding.SILENT || end == ConnectionEnding.SILENT_TLS
                                            ? Duration.ofMillis(100)
                                            : Duration.ofSeconds(60))
                            .build());
            connections.add(connection);
            connection.messages().receive();
            connection.send("Hello");
            if (end == ConnectionEnding.LEFT_TO_THE_CLIENT) {
                connection.close();
            }
            while (!(connection.messages().receiveOrClosed() instanceof ChannelClosed)) {}
            connection.close();
        } catch (WebSocketException e) {
            assertThat(end)
                    .isIn(
                            ConnectionEnding.REFUSED,
                            ConnectionEnding.BAD_EXTENSION,
                            ConnectionEnding.SILENT,
                            ConnectionEnding.SILENT_TLS,
                            ConnectionEnding.RESET);
        }
        // The server may never accept a dial that was abandoned early, so the test does not wait for it.
        server.close();
        ClientServerFixture.get(playing);
        return true;
    }

    /** Waits for the threads that all clients share. They end when they have been idle for some seconds. */
    private static void joinSharedThreads() throws InterruptedException {
        for (String name : List.of(HelperThreads.IDLE_NAME, "wstck-deadlines")) {
            for (Thread shared : ClientServerFixture.platformThreads(name)) {
                assertThat(shared.join(ClientServerFixture.TEST_TIMEOUT)).isTrue();
            }
        }
    }

    /**
     * Returns the client's threads, also virtual threads, that still run after a while. Some threads end shortly after
     * their connection. Lookup threads belong to other tests: here hosts are addresses.
     */
    private static List<String> threads(Path folder) throws Exception {
        HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long deadline = System.nanoTime() + ClientServerFixture.TEST_TIMEOUT.toNanos();
        int number = 0;
        while (true) {
            Path file = folder.resolve("threads-" + number++);
            diagnostics.dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            List<String> left = Files.readAllLines(file).stream()
                    .filter(line ->
                            line.startsWith("#") && line.contains("\"wstck-") && !line.contains("\"wstck-lookup\""))
                    .toList();
            if (left.isEmpty() || System.nanoTime() > deadline) {
                return left;
            }
            Thread.onSpinWait();
        }
    }

    /** Returns the number of sockets of this process, or 0 if the system does not list them. */
    private static long openSockets() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(descriptors)) {
            return files.filter(AbnormalEndsTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // It was closed meanwhile, like the descriptor of the listing.
            return false;
        }
    }

    /** Returns the number of reachable objects of each class. */
    private static String histogram() throws Exception {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }

    private static long live(String type, String histogram) {
        Matcher line = Pattern.compile("\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(type) + "\\s")
                .matcher(histogram);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }
}
