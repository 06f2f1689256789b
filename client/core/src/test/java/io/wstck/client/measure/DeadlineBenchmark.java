package io.wstck.client.measure;

import com.sun.management.OperatingSystemMXBean;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Measures the cost of a read and a write timeout. It compares messages per second, of wall time and of this process's
 * processor time, with and without timeouts. One connection of each kind runs in turn against an echo on loopback. On a
 * loaded machine only the processor time is meaningful. Arguments: messages per turn (200000), turns (7), messages in
 * flight (64).
 */
public final class DeadlineBenchmark {
    private static final byte[] MESSAGE = "x".repeat(64).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private DeadlineBenchmark() {}

    /** Prints one line per turn, then the median of the ratios. */
    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        int inFlight = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
        ConnectOptions timed = ConnectOptions.builder()
                .readTimeout(Duration.ofSeconds(30))
                .writeTimeout(Duration.ofSeconds(30))
                .build();
        List<Double> wall = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        try (RawEcho echo = new RawEcho();
                WebSocketClient client = WebSocketClient.create();
                Connection without = client.connect(echo.url(), ConnectOptions.defaults());
                Connection with = client.connect(echo.url(), timed)) {
            echo(without, messages, inFlight);
            echo(with, messages, inFlight);
            for (int turn = 0; turn < turns; turn++) {
                Rate plain = echo(without, messages, inFlight);
                Rate deadlines = echo(with, messages, inFlight);
                wall.add(deadlines.wall() / plain.wall());
                processor.add(deadlines.processor() / plain.processor());
                System.out.printf(
                        Locale.ROOT,
                        "a second: without %.0f, with %.0f; a processor second: without %.0f, with %.0f%n",
                        plain.wall(),
                        deadlines.wall(),
                        plain.processor(),
                        deadlines.processor());
            }
        }
        System.out.printf(Locale.ROOT, "median ratios %.3f, %.3f%n", median(wall), median(processor));
    }

    /** Messages per second of each clock. */
    private record Rate(double wall, double processor) {}

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private static Rate echo(Connection connection, int messages, int inFlight) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = System.nanoTime();
        long startCpu = system.getProcessCpuTime();
        for (int sent = 0, received = 0; received < messages; received++) {
            while (sent < messages && sent - received < inFlight) {
                connection.sendText(MESSAGE);
                sent++;
            }
            connection.messages().receive();
        }
        return new Rate(
                messages / ((System.nanoTime() - start) / 1e9),
                messages / ((system.getProcessCpuTime() - startCpu) / 1e9));
    }
}
