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
import io.wstck.tck.autobahn.ConcurrentCases;
import java.net.URI;
import java.util.List;

/**
 * Plays cases with the bundled client. The client connects to the URL of each case and echoes every message with its
 * type until the connection ends. The server decides the verdicts.
 */
public final class BundledDriver {
    /** The agent's name in the reports. */
    public static final String AGENT = "wstck-client";

    private static final int COMPRESSION = 12;
    private static final int LARGEST_WINDOW = 15;

    private final URI server;
    private final int jobs;

    /**
     * A driver for the server at {@code server}.
     *
     * @param jobs the number of light cases that run at the same time, at least 1; heavy cases, which keep a processor
     * busy, run at most one per processor
     */
    public BundledDriver(URI server, int jobs) {
        this.server = server;
        this.jobs = jobs;
    }

    /** Plays {@code cases}, and returns when all connections have ended. */
    public void play(List<AutobahnCase> cases) throws InterruptedException {
        try (WebSocketClient client = WebSocketClient.create()) {
            ConcurrentCases.play(cases, jobs, testCase -> play(client, testCase));
        }
    }

    private void play(WebSocketClient client, AutobahnCase testCase) throws InterruptedException {
        try (Connection connection = client.connect(url(testCase), options(testCase))) {
            echo(connection);
        } catch (WebSocketException ended) {
            // Many cases make connecting or sending fail. The server judges that.
            return;
        }
    }

    private String url(AutobahnCase testCase) {
        return server + "/runCase?casetuple=" + testCase.id() + "&agent=" + AGENT;
    }

    private static ConnectOptions options(AutobahnCase testCase) {
        ConnectOptions.Builder options = ConnectOptions.builder();
        if (testCase.id().numbers().getFirst() >= COMPRESSION) {
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
