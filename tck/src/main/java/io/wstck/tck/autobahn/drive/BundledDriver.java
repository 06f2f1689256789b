package io.wstck.tck.autobahn.drive;

import com.softwaremill.jox.ChannelClosed;
import com.softwaremill.jox.Source;
import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Message;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.tck.autobahn.AutobahnCase;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Has the bundled client play cases: it connects to the URL of each and echoes what comes, with its type, until the connection ends.
 * What becomes of a case is the server's to say.
 */
public final class BundledDriver {
    /** What it calls itself. */
    public static final String AGENT = "wstck-client";

    private static final int LIMITS = 9;
    private static final int COMPRESSION = 12;
    private static final int LARGEST_WINDOW = 15;

    private final URI server;
    private final Semaphore light;
    private final Semaphore heavy;

    /**
     * A driver for the server at {@code server}.
     *
     * @param jobs how many cases are played side by side, at least 1; of those that keep a processor busy as many as there are
     *     processors
     */
    public BundledDriver(URI server, int jobs) {
        this.server = server;
        this.light = new Semaphore(jobs);
        this.heavy = new Semaphore(Math.min(jobs, Runtime.getRuntime().availableProcessors()));
    }

    /** Plays {@code cases}; returns when all connections have ended. */
    public void play(List<AutobahnCase> cases) throws InterruptedException {
        try (WebSocketClient client = WebSocketClient.create();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (AutobahnCase one : inOrder(cases)) {
                running.add(threads.submit(() -> play(client, one)));
            }
            try {
                for (Future<?> one : running) {
                    one.get();
                }
            } catch (ExecutionException defect) {
                throw new IllegalStateException("the bundled driver failed: " + defect.getCause(), defect.getCause());
            } catch (InterruptedException interrupted) {
                threads.shutdownNow();
                throw interrupted;
            }
        }
    }

    /** The heaviest come first, so that none of them is left over at the end; the light ones have places of their own. */
    private static List<AutobahnCase> inOrder(List<AutobahnCase> cases) {
        Comparator<AutobahnCase> byWeight = Comparator.comparingInt(BundledDriver::weight);
        return cases.stream().sorted(byWeight.reversed()).toList();
    }

    /** Cases of a section are numbered by the size of what they send, more or less. */
    private static int weight(AutobahnCase one) {
        return isHeavy(one) ? one.id().numbers().getLast() : 0;
    }

    private static boolean isHeavy(AutobahnCase one) {
        int section = one.id().numbers().getFirst();
        return section == LIMITS || section >= COMPRESSION;
    }

    private void play(WebSocketClient client, AutobahnCase one) {
        Semaphore places = isHeavy(one) ? heavy : light;
        try {
            places.acquire();
            try (Connection connection = client.connect(url(one), options(one))) {
                echo(connection);
            } finally {
                places.release();
            }
        } catch (WebSocketException ended) {
            // Connecting or sending failed, as many cases want it: the server has seen it, and judges.
            return;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private String url(AutobahnCase one) {
        return server + "/runCase?casetuple=" + one.id() + "&agent=" + AGENT;
    }

    private static ConnectOptions options(AutobahnCase one) {
        ConnectOptions.Builder options = ConnectOptions.builder();
        if (one.id().numbers().getFirst() >= COMPRESSION) {
            options.compression(CompressionMode.CONTEXT_TAKEOVER)
                    .compressionThreshold(0)
                    .clientWindowBits(LARGEST_WINDOW);
        }
        return options.build();
    }

    private static void echo(Connection connection) throws WebSocketException, InterruptedException {
        Source<Message> messages = connection.messages();
        while (true) {
            switch (messages.receiveOrClosed()) {
                case Message.Text text -> connection.sendText(text.bytes());
                case Message.Binary binary -> connection.sendBinary(binary.bytes());
                case ChannelClosed _ -> {
                    return;
                }
                default -> throw new IllegalStateException("expected a message or the end of the channel");
            }
        }
    }
}
