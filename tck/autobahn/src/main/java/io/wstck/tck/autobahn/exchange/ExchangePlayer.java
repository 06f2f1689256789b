package io.wstck.tck.autobahn.exchange;

import io.wstck.server.connection.ClosingHandshake;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.EndInitiator;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.Timeout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Plays one exchange on one connection, from the end of the handshake to the end of TCP. Blocks: one virtual thread per
 * connection. An interrupt resets the connection.
 */
public final class ExchangePlayer {
    /** The time limit for the answer to a close frame, and for the end of TCP after the closing handshake. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    /** The time limit for a peer to read the bytes of one action: the limit of the slowest case. */
    private static final Duration SEND_WAIT = Duration.ofSeconds(1000);

    /** The longest time in which a server may send no byte while the kit waits. It bounds a run against a dead one. */
    private static final Duration SERVER_SILENCE = Duration.ofSeconds(20);

    private static final int GOING_AWAY = 1001;
    private static final int KIB = 1 << 10;

    private final Transport transport;
    private final HandshakeOutcome handshake;
    private final MemoryBudget.MemoryReservation memory;
    private final ExchangeLog log = new ExchangeLog();
    private final ClosingHandshake closing = new ClosingHandshake();
    private final ExchangeReceiver receiver;
    private final ExchangeConnection connection;
    private final Instant started = Instant.now();
    private Timeout timeout = Timeout.NONE;
    private int actionsBegun;
    /** The duration without the wait for the end of TCP, if there was a closing handshake. */
    private Optional<Duration> closedAfter = Optional.empty();

    /**
     * The result of the opening handshake.
     *
     * @param peer the role of the side that is judged
     * @param deflate the negotiated parameters
     * @param violations the peer's violations
     */
    public record HandshakeOutcome(EndpointRole peer, Optional<DeflateParameters> deflate, List<Violation> violations) {
        public HandshakeOutcome {
            violations = List.copyOf(violations);
        }

        /**
         * The parameters for a {@link io.wstck.server.wire.deflate.MessageInflater} of the peer's messages, and for a
         * {@link io.wstck.server.wire.deflate.StreamCompressor} of those of the kit. Both are made for a server.
         */
        Optional<DeflateParameters> codecParameters() {
            return peer == EndpointRole.CLIENT ? deflate : deflate.map(DeflateParameters::mirrored);
        }
    }

    /** A player that takes the memory for the peer's messages from {@code memory}. */
    public ExchangePlayer(Transport transport, HandshakeOutcome handshake, MemoryBudget memory) {
        this.transport = transport;
        this.handshake = handshake;
        this.memory = memory.newReservation();
        FrameReader reader = FrameReader.of(
                handshake.peer(),
                handshake.codecParameters().map(Function.identity()),
                RecordedPayload.DigestMode.SKIPPED,
                this.memory);
        this.receiver = new ExchangeReceiver(reader, this.memory, log, handshake.violations(), closing);
        this.connection = new ExchangeConnection(transport, receiver, closing, FrameMasking.of(handshake.peer()), log);
    }

    /**
     * Plays to the end of the connection, and always releases the connection.
     *
     * @throws InterruptedException if the thread was interrupted; the connection is then reset
     * @throws NoMemoryException if the kit has no memory for the peer's messages; the connection is then reset
     */
    public ExchangeRecord play(Exchange exchange) throws InterruptedException {
        try {
            for (ExchangeAction act : exchange.actions()) {
                if (isOver()) {
                    break;
                }
                actionsBegun++;
                play(act);
            }
            close();
            connection.release();
            return record();
        } finally {
            memory.close();
            transport.abort();
        }
    }

    /** Whether the peer has closed or is gone, or a wait has timed out. */
    private boolean isOver() {
        return closing.received().isPresent()
                || connection.peerEnd().isPresent()
                || connection.gaveUp()
                || timeout != Timeout.NONE;
    }

    private void play(ExchangeAction act) throws InterruptedException {
        switch (act) {
            case ExchangeAction.Send send -> send(send);
            case ExchangeAction.SendPart part -> {
                connection.queuePart(part, sendLimit());
                connection.flush(WriteChunking.together(), sendLimit());
            }
            case ExchangeAction.SendMessage send -> {
                Bytes content = send.content().generate();
                receiver.expectEcho(content);
                message(send.type().opcode(), 0, content, send.fragment(), send.chunking());
            }
            case ExchangeAction.Await await -> await(() -> receiver.answers() >= await.count(), await.limit());
            case ExchangeAction.AwaitPong await -> await(() -> receiver.hasPong(await.payload()), await.limit());
            case ExchangeAction.AwaitEnd await -> awaitEnd(await);
            case ExchangeAction.AwaitCloseReply await -> {
                if (!readUntil(() -> false, Deadline.in(await.limit()))) {
                    timeout = Timeout.CLOSE_REPLY;
                }
            }
            case ExchangeAction.Wait wait -> {
                if (!readUntil(() -> false, Deadline.in(wait.time())) && !connection.gaveUp()) {
                    receiver.add(new PeerEvent.PauseElapsed(wait.time()));
                }
            }
            case ExchangeAction.LockStep lockStep -> lockStep(lockStep);
            case ExchangeAction.SendUnread send -> sendUnread(send);
            case ExchangeAction.HalfClose halfClose -> {
                connection.shutdownWrites();
                await(() -> false, halfClose.limit());
            }
        }
    }

    private static Deadline sendLimit() {
        return Deadline.in(SEND_WAIT);
    }

    /** Sends all frames, also those after a close frame, before it reads what the peer has sent. */
    private void send(ExchangeAction.Send send) throws InterruptedException {
        Deadline limit = sendLimit();
        for (OutFrame frame : send.frames()) {
            if (frame.header().opcode() == Opcode.CLOSE) {
                closing.addSent(new CloseStatus(frame.payload()));
            }
            if (Opcode.startsMessage(frame.header().opcode()) && frame.header().fin()) {
                receiver.expectEcho(frame.payload());
            }
            connection.queueFrame(frame, send.chunking(), limit);
        }
        connection.flush(send.chunking(), limit);
    }

    private void message(int opcode, int rsv, Bytes carried, OptionalInt fragment, WriteChunking chunking)
            throws InterruptedException {
        Deadline limit = sendLimit();
        ByteBuffer rest = carried.buffer();
        int most = Math.max(1, fragment.orElse(carried.length()));
        boolean continued = false;
        do {
            int at = rest.position();
            ByteBuffer part = rest.slice(at, Math.min(most, rest.remaining()));
            rest.position(at + part.remaining());
            Bytes shown = carried.slice(at, at + Math.min(ExchangeLog.KEPT, part.remaining()));
            Fin fin = rest.hasRemaining() ? Fin.MORE : Fin.LAST;
            FrameHeader header = FrameHeader.of(fin, continued ? Opcode.CONTINUATION : opcode, part.remaining())
                    .withRsv(continued ? 0 : rsv);
            connection.queueNewFrame(header, part, shown, chunking, limit);
            continued = true;
        } while (rest.hasRemaining());
        connection.flush(chunking, limit);
    }

    private void sendUnread(ExchangeAction.SendUnread act) throws InterruptedException {
        OutFrame frame = OutFrame.message(MessageType.BINARY, act.message());
        int earlier = receiver.answers();
        int sent = 0;
        boolean taken = true;
        connection.stopReading();
        while (taken && sent < act.most()) {
            receiver.expectEcho(act.message());
            taken = connection.fillFrame(frame, act.stall());
            sent++;
        }
        connection.resumeReading();
        connection.flush(WriteChunking.together(), sendLimit());
        int all = earlier + sent;
        await(() -> receiver.answers() >= all, act.limit());
        long whole = taken ? sent : sent - 1L;
        receiver.add(new PeerEvent.Observation(
                RoleText.of(handshake.peer(), "the {peer} took %s%d KiB while the {kit} read nothing")
                        .formatted(taken ? "all " : "", whole * act.message().length() / KIB)));
        receiver.add(new PeerEvent.Echoes(receiver.takeEchoes(act.message()), sent, 0, Optional.empty()));
    }

    private void await(BooleanSupplier done, Duration limit) throws InterruptedException {
        if (!readUntil(done, Deadline.in(limit))) {
            timeout = Timeout.EXPECTATION;
        }
    }

    /** Stops the wait at once when the peer continues, because its further messages already decide the case. */
    private void awaitEnd(ExchangeAction.AwaitEnd await) throws InterruptedException {
        BooleanSupplier goesOn = () -> receiver.answers() > await.mostAnswers();
        await(goesOn, await.limit());
        if (goesOn.getAsBoolean()) {
            timeout = Timeout.CONTINUATION;
        }
    }

    /**
     * Reads, and answers pings, until {@code done}, or until the peer closes or ends the connection. Returns whether
     * that happened in time.
     */
    private boolean readUntil(BooleanSupplier done, Deadline limit) throws InterruptedException {
        BooleanSupplier doneOrClosed =
                () -> done.getAsBoolean() || closing.received().isPresent();
        Deadline silence = Deadline.in(SERVER_SILENCE);
        while (true) {
            long received = receiver.bytes();
            Deadline now = handshake.peer() == EndpointRole.SERVER ? limit.earlier(silence) : limit;
            boolean timely = connection.readUntil(() -> doneOrClosed.getAsBoolean() || receiver.hasPing(), now);
            answerPings();
            if (!timely && receiver.bytes() > received && !limit.hasPassed() && !connection.gaveUp()) {
                silence = Deadline.in(SERVER_SILENCE);
                continue;
            }
            if (!timely || doneOrClosed.getAsBoolean() || connection.peerEnd().isPresent()) {
                return timely;
            }
            if (limit.hasPassed()) {
                return false;
            }
        }
    }

    private void answerPings() throws InterruptedException {
        for (Optional<Bytes> ping = receiver.takePing(); ping.isPresent(); ping = receiver.takePing()) {
            if (closing.sent().isEmpty()) {
                connection.queueFrame(
                        OutFrame.of(Fin.LAST, Opcode.PONG, ping.get()), WriteChunking.together(), sendLimit());
                connection.flush(WriteChunking.together(), sendLimit());
            }
        }
    }

    private void lockStep(ExchangeAction.LockStep act) throws InterruptedException {
        boolean compressed = act.form() instanceof ExchangeAction.LockStepEncoding.Compressed;
        if (compressed && handshake.deflate().isEmpty()) {
            return;
        }
        receiver.startComparing();
        try (LockStepMessages messages = LockStepMessages.of(act, handshake.codecParameters())) {
            Deadline limit = Deadline.in(act.limit());
            Optional<String> difference = Optional.empty();
            int exact = 0;
            int plain = 0;
            while (exact < act.count() && difference.isEmpty()) {
                Bytes content = act.messages().message(exact);
                Bytes carried = messages.carried(content);
                log.countInflated(WireLogEntry.Side.KIT, content.length() - carried.length());
                message(act.type().opcode(), messages.rsv(), carried, messages.fragment(), WriteChunking.together());
                boolean timely = readUntil(receiver::hasMessage, limit);
                Optional<PeerEvent.Message> echo = receiver.takeMessage();
                if (!timely) {
                    timeout = Timeout.EXPECTATION;
                    difference = Optional.of(silence(act, limit));
                } else {
                    difference = receiver.lostMessage().or(() -> messages.difference(content, echo));
                    exact += difference.isEmpty() ? 1 : 0;
                    plain += messages.isPlain(echo) ? 1 : 0;
                }
            }
            receiver.add(new PeerEvent.Echoes(exact, act.count(), plain, difference));
        } finally {
            receiver.stopComparing();
        }
    }

    /** The reason why the echo of a message did not come in time. */
    private String silence(ExchangeAction.LockStep act, Deadline limit) {
        if (connection.gaveUp()) {
            return "nothing: what is sent is not taken";
        }
        return limit.hasPassed()
                ? "nothing within " + act.limit().toSeconds() + " s"
                : "not a byte for " + SERVER_SILENCE.toSeconds() + " s";
    }

    private void sendClose(CloseStatus status) throws InterruptedException {
        closing.addSent(status);
        connection.queueFrame(OutFrame.close(status), WriteChunking.together(), sendLimit());
        connection.flush(WriteChunking.together(), sendLimit());
    }

    /** Completes the closing handshake, and the end of TCP. */
    private void close() throws InterruptedException {
        if (closing.sent().isEmpty() && !isOver()) {
            throw new IllegalStateException("expected the last act to be a close or a wait for the peer's");
        }
        if (connection.gaveUp() && closing.received().isEmpty()) {
            timeout = Timeout.EXPECTATION;
            return;
        }
        if (closing.sent().isEmpty() && timeout == Timeout.EXPECTATION) {
            sendClose(CloseStatus.of(GOING_AWAY, "nothing came in time"));
        }
        if (closing.sent().isEmpty() && timeout == Timeout.CONTINUATION) {
            sendClose(CloseStatus.of(GOING_AWAY, "the connection was to end"));
        }
        if (closing.sent().isPresent() && !readUntil(() -> false, Deadline.in(CLOSE_WAIT))) {
            timeout = timeout == Timeout.NONE ? Timeout.CLOSE_REPLY : timeout;
            return;
        }
        if (closing.received().isEmpty()) {
            // The peer ended TCP instead.
            return;
        }
        if (closing.sent().isEmpty()) {
            sendClose(new CloseStatus(closing.received().get().answer()));
        }
        closedAfter = Optional.of(log.elapsed());
        if (handshake.peer() == EndpointRole.CLIENT) {
            // A server ends TCP first (RFC 6455 §7.1.1), so the kit waits for it.
            connection.shutdownWrites();
        }
        if (!connection.readUntil(() -> false, Deadline.in(CLOSE_WAIT)) && timeout == Timeout.NONE) {
            timeout = Timeout.TCP_END;
        }
    }

    private EndInitiator initiator() {
        if (closing.clientFirst()) {
            return EndInitiator.PEER_CLOSE;
        }
        boolean dropped = connection.peerEnd().isPresent() && !connection.gaveUp();
        return dropped && !closing.begun() ? EndInitiator.PEER_DROP : EndInitiator.KIT;
    }

    private ExchangeRecord record() {
        ExchangeEnd ending =
                new ExchangeEnd(initiator(), closing.sent(), closing.received(), connection.peerEnd(), timeout);
        return new ExchangeRecord(
                handshake.peer(),
                Optional.empty(),
                actionsBegun,
                receiver.events(),
                ending,
                receiver.violations(),
                handshake.deflate(),
                log.received(),
                log.sent(),
                log.lines(),
                started,
                closedAfter.orElseGet(log::elapsed));
    }
}
