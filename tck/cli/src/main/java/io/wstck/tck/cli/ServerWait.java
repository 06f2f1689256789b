package io.wstck.tck.cli;

import io.wstck.tck.autobahn.spec.ServerUrl;
import io.wstck.tck.autobahn.spec.TestedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The option that waits until the servers under test listen. */
final class ServerWait {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int CONNECT_MILLIS = 1000;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            converter = NumberConverters.Seconds.class,
            description = "Wait until the servers listen, at most this long.")
    private Optional<Duration> limit = Optional.empty();

    /** The time to wait; empty without the option. */
    Optional<Duration> limit() {
        return limit;
    }

    /**
     * Blocks until each server accepts a connection, or until the time is over. A server that does not listen then is
     * reported by the run itself.
     *
     * @param notice gets a line for each server that does not listen at once
     */
    void await(List<TestedServer> servers, Consumer<String> notice) throws CommandFailure {
        if (limit.isEmpty()) {
            return;
        }
        long end = System.nanoTime() + limit.get().toNanos();
        try {
            for (TestedServer server : servers) {
                await(server.url(), end, notice);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("the wait for the servers was interrupted");
        }
    }

    private static void await(ServerUrl url, long end, Consumer<String> notice) throws InterruptedException {
        boolean told = false;
        while (!listens(url, end)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            if (!told) {
                notice.accept("waiting for a server at " + url.hostHeader() + ", at most "
                        + Duration.ofNanos(left).toSeconds() + " s");
                told = true;
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Tries every address of the name, as the run does: a server may listen on one of them. */
    private static boolean listens(ServerUrl url, long end) {
        try {
            return Arrays.stream(InetAddress.getAllByName(url.host()))
                    .anyMatch(address -> listens(new InetSocketAddress(address, url.port()), end));
        } catch (UnknownHostException none) {
            return false;
        }
    }

    private static boolean listens(InetSocketAddress address, long end) {
        long leftMillis = Duration.ofNanos(end - System.nanoTime()).toMillis();
        try (Socket socket = new Socket()) {
            socket.connect(address, Math.clamp(leftMillis, 1, CONNECT_MILLIS));
            return true;
        } catch (IOException none) {
            return false;
        }
    }
}
