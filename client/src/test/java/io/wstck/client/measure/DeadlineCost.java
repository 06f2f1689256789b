package io.wstck.client.measure;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a read and a write timeout cost: messages a second with them as a share of those without, one connection each against an
 * echo on loopback, in turns. Arguments: messages a turn (200000), turns (7), messages in flight (64).
 */
public final class DeadlineCost {
    private static final byte[] MESSAGE = "x".repeat(64).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private DeadlineCost() {}

    /** Prints a line for each turn, then the median of the ratios. */
    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        int inFlight = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
        ConnectOptions timed = ConnectOptions.builder()
                .readTimeout(Duration.ofSeconds(30))
                .writeTimeout(Duration.ofSeconds(30))
                .build();
        List<Double> ratios = new ArrayList<>();
        try (RawEcho echo = new RawEcho();
                WebSocketClient client = WebSocketClient.create();
                Connection without = client.connect(echo.url(), ConnectOptions.defaults());
                Connection with = client.connect(echo.url(), timed)) {
            echo(without, messages, inFlight);
            echo(with, messages, inFlight);
            for (int turn = 0; turn < turns; turn++) {
                double plain = echo(without, messages, inFlight);
                double withTimeouts = echo(with, messages, inFlight);
                ratios.add(withTimeouts / plain);
                System.out.printf(
                        Locale.ROOT,
                        "without %.0f/s, with %.0f/s, ratio %.3f%n",
                        plain,
                        withTimeouts,
                        withTimeouts / plain);
            }
        }
        Collections.sort(ratios);
        System.out.printf(Locale.ROOT, "median ratio %.3f%n", ratios.get(ratios.size() / 2));
    }

    /** Returns messages a second. */
    private static double echo(Connection connection, int messages, int inFlight) throws Exception {
        long start = System.nanoTime();
        for (int sent = 0, received = 0; received < messages; received++) {
            while (sent < messages && sent - received < inFlight) {
                connection.sendText(MESSAGE);
                sent++;
            }
            connection.messages().receive();
        }
        return messages / ((System.nanoTime() - start) / 1e9);
    }
}
