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
import org.junit.jupiter.api.parallel.Isolated;

/** A thousand connections that end badly, in every stage, leave no thread, no socket and no native memory behind. */
@Timeout(180)
@Isolated("what others have open would be counted, too")
class BadEndsTest {
    private static final int CONNECTIONS = 1000;
    private static final int AT_ONCE = 50;
    /** What holds the native memory of a Deflater: the JVM's cleaner keeps it alive until the Deflater was ended. */
    private static final String DEFLATER = "java.util.zip.Deflater$DeflaterZStreamRef";

    private static final String INFLATER = "java.util.zip.Inflater$InflaterZStreamRef";

    private static final byte[] BOMB =
            ServerFrames.frame(0xC2, Zlib.deflated(new byte[2_000_000], Deflater.BEST_COMPRESSION));

    /** How a server ends a connection. */
    private enum End {
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

        End(String frames) {
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
                    // Both directions have compressed something before the end.
                    peer.send("c1 07 f2 48 cd c9 c9 07 00");
                    peer.read();
                    peer.send(frames);
                    end(peer);
                }
            }
            // Whatever is still to come is read, so that the client's end is not a reset by unread bytes.
            while (this != RESET && !peer.ends()) {}
        }

        private void end(Peer peer) throws IOException {
            switch (this) {
                case BOMB -> peer.send(BadEndsTest.BOMB);
                case RESET -> peer.reset();
                case CUT_FRAME -> peer.endOutput();
                default -> {}
            }
        }
    }

    private final ConcurrentLinkedQueue<Connection> connections = new ConcurrentLinkedQueue<>();

    @Test
    void aThousandConnectionsThatEndBadlyLeaveNothingBehind(@TempDir Path folder) throws Exception {
        // Once before the count, for what the JVM sets up but once.
        endBadly(End.values().length, AT_ONCE);
        connections.clear();
        long sockets = openSockets();
        String before = histogram();

        endBadly(CONNECTIONS, AT_ONCE);

        // At once: the cleaner helps out sooner or later.
        String after = histogram();
        // The JVM's own come and go.
        assertThat(live(DEFLATER, after)).isLessThanOrEqualTo(live(DEFLATER, before) + 20);
        assertThat(live(INFLATER, after)).isLessThanOrEqualTo(live(INFLATER, before) + 20);
        assertThat(connections).hasSizeGreaterThan(CONNECTIONS / 2);
        assertThat(threads(folder)).isEmpty();
        assertThat(openSockets()).isLessThanOrEqualTo(sockets + 5);
    }

    private void endBadly(int count, int atOnce) throws Exception {
        try (WebSocketClient client =
                WebSocketClient.builder().closeTimeout(Duration.ofMillis(200)).build()) {
            Semaphore slots = new Semaphore(atOnce);
            List<FutureTask<Boolean>> ends = Stream.iterate(0, index -> index + 1)
                    .limit(count)
                    .map(index -> End.values()[index % End.values().length])
                    .map(end -> Fixture.start(() -> {
                        slots.acquire();
                        try (ScriptedServer server = new ScriptedServer()) {
                            return endBadly(client, server, end);
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
    private boolean endBadly(WebSocketClient client, ScriptedServer server, End end) throws Exception {
        FutureTask<Boolean> playing = Fixture.start(() -> {
            try {
                end.play(server.accept());
            } catch (IOException e) {
                // The client was faster: that is an end, too.
                return false;
            }
            return true;
        });
        try {
            Connection connection = client.connect(
                    end == End.SILENT_TLS ? server.url().replace("ws:", "wss:") : server.url(),
                    ConnectOptions.builder()
                            .compression(CompressionMode.CONTEXT_TAKEOVER)
                            .compressionThreshold(0)
                            .readLimit(1_000_000)
                            .dialTimeout(
                                    end == End.SILENT || end == End.SILENT_TLS
                                            ? Duration.ofMillis(100)
                                            : Duration.ofSeconds(60))
                            .build());
            connections.add(connection);
            connection.messages().receive();
            connection.send("Hello");
            if (end == End.LEFT_TO_THE_CLIENT) {
                connection.close();
            }
            while (!(connection.messages().receiveOrClosed() instanceof ChannelClosed)) {}
            connection.close();
        } catch (WebSocketException e) {
            assertThat(end).isIn(End.REFUSED, End.BAD_EXTENSION, End.SILENT, End.SILENT_TLS, End.RESET);
        }
        // A dial that was given up early may never have been accepted: nobody is to wait for it.
        server.close();
        Fixture.get(playing);
        return true;
    }

    /**
     * The client's threads, virtual ones too, that are still there after a while; a few end a moment after their connection. Those
     * that look up names are of others: here hosts are addresses.
     */
    private static List<String> threads(Path folder) throws Exception {
        HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long deadline = System.nanoTime() + Fixture.PATIENCE.toNanos();
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

    /** Sockets of this process; 0 where the system does not tell. */
    private static long openSockets() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(descriptors)) {
            return files.filter(BadEndsTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // It was closed in the meantime, like the one of the listing itself.
            return false;
        }
    }

    /** How many objects of each class are reachable. */
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
