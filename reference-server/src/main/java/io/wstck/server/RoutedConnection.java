package io.wstck.server;

import io.wstck.server.scenario.PlayerContext;
import io.wstck.server.scenario.ScenarioPlayer;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.ReadAhead;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.RequestReader.Progress;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One connection of a {@link RoutedServer}: reads its request, asks for its route, and plays that. One thread. */
final class RoutedConnection implements Runnable {
    private static final Duration REQUEST_WAIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(10);
    private static final int BUFFER = 8 << 10;

    private final Transport transport;
    private final Router router;
    private final PlayerContext context;
    private final Consumer<String> trouble;
    private final RequestReader reader = new RequestReader();

    RoutedConnection(Transport transport, Router router, PlayerContext context, Consumer<String> trouble) {
        this.transport = transport;
        this.router = router;
        this.context = context;
        this.trouble = trouble;
    }

    /** Plays to the end; the connection is gone when this returns. */
    @Override
    public void run() {
        try {
            Optional<Transport> rest = readRequest();
            if (rest.isPresent()) {
                follow(reader.request(), rest.get());
            }
        } catch (InterruptedException | IOException over) {
            // The server is closing, or the client is gone: nobody is left to be answered.
            return;
        } catch (RuntimeException | OutOfMemoryError failure) {
            trouble.accept("a connection was lost by a fault of the server: " + failure);
        } finally {
            transport.abort();
        }
    }

    private void follow(HttpRequest request, Transport rest) throws InterruptedException, IOException {
        switch (router.route(request)) {
            case Route.Play play ->
                ScenarioPlayer.fromRequest(rest, request, play.scenario(), context)
                        .play();
            case Route.HandOver over -> handOver(over, request, rest);
        }
    }

    private void handOver(Route.HandOver over, HttpRequest request, Transport rest)
            throws InterruptedException, IOException {
        boolean answered = false;
        try {
            answered = write(over.answer().bytesFor(request).buffer());
        } finally {
            if (!answered) {
                over.player().lost();
            }
        }
        if (answered) {
            over.player().play(rest);
        }
    }

    /** What follows the request; empty when there was none in time, or it was too long. */
    private Optional<Transport> readRequest() throws InterruptedException, IOException {
        Deadline deadline = Deadline.in(REQUEST_WAIT);
        ByteBuffer in = ByteBuffer.allocate(BUFFER);
        while (!deadline.passed()) {
            int count = transport.read(in.clear());
            if (count < 0) {
                return Optional.empty();
            }
            if (count == 0) {
                transport.await(Interest.READING, deadline);
                continue;
            }
            Progress progress = reader.feed(in.flip());
            if (progress == Progress.TOO_LONG) {
                return Optional.empty();
            }
            if (progress == Progress.COMPLETE) {
                byte[] ahead = new byte[in.remaining()];
                in.get(ahead);
                return Optional.of(ahead.length == 0 ? transport : new ReadAhead(transport, Bytes.owning(ahead)));
            }
        }
        return Optional.empty();
    }

    private boolean write(ByteBuffer bytes) throws InterruptedException, IOException {
        Deadline deadline = Deadline.in(ANSWER_WAIT);
        while (bytes.hasRemaining() && !deadline.passed()) {
            if (transport.write(bytes) == 0) {
                transport.await(Interest.WRITING, deadline);
            }
        }
        return !bytes.hasRemaining();
    }
}
