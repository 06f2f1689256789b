package io.wstck.server.exchange;

import io.wstck.server.exchange.Ending.First;
import io.wstck.server.exchange.Ending.Timeout;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Plays one exchange on one connection whose handshake is done, up to the end of TCP. Blocks: a virtual thread a connection. An
 * interrupt resets the connection.
 */
public final class ExchangePlayer {
    /** How long the client may take to answer a close frame, and to end TCP after the closing handshake. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    /** How long a client may take to read what one act sends; the slowest case of all gives it that. */
    private static final Duration SEND_WAIT = Duration.ofSeconds(1000);

    private static final int GOING_AWAY = 1001;

    private final Transport transport;
    private final Handshaken handshaken;
    private final MemoryBudget.Share memory;
    private final Minutes minutes = new Minutes();
    private final Listening listening;
    private final Line line;
    private final Instant started = Instant.now();
    private Optional<CloseStatus> sent = Optional.empty();
    private Optional<First> first = Optional.empty();
    private Timeout timeout = Timeout.NONE;
    private int begun;
    /** Without the wait for the end of TCP, where there was a closing handshake. */
    private Optional<Duration> lasted = Optional.empty();

    /**
     * What came before.
     *
     * @param deflate what was negotiated
     * @param violations by the client's request
     * @param early what the client sent behind its request
     */
    public record Handshaken(Optional<DeflateParameters> deflate, List<Violation> violations, Bytes early) {
        public Handshaken {
            violations = List.copyOf(violations);
        }
    }

    /** A player whose memory for what the client sends is of {@code memory}. */
    public ExchangePlayer(Transport transport, Handshaken handshaken, MemoryBudget memory) {
        this.transport = transport;
        this.handshaken = handshaken;
        this.memory = memory.share();
        FrameReader reader = handshaken
                .deflate()
                .map(parameters -> FrameReader.inflating(parameters, Payload.Digest.LEFT_OUT, this.memory))
                .orElseGet(() -> FrameReader.plain(Payload.Digest.LEFT_OUT, this.memory));
        this.listening = new Listening(reader, this.memory, minutes, handshaken.violations());
        this.line = new Line(transport, listening, minutes);
    }

    /**
     * Plays to the end of the connection, which is released in any case.
     *
     * @throws InterruptedException when the thread was interrupted; the connection is reset then
     * @throws NoMemoryException when the server has no room for what the client sent; the connection is reset then
     */
    public ExchangeRecord play(Exchange exchange) throws InterruptedException {
        try {
            listening.hear(handshaken.early().buffer());
            for (Act act : exchange.acts()) {
                if (over()) {
                    break;
                }
                begun++;
                play(act);
            }
            close();
            line.release();
            return record();
        } finally {
            memory.close();
            transport.abort();
        }
    }

    /** Whether the client has closed or is gone, or was waited for in vain. */
    private boolean over() {
        return listening.close().isPresent()
                || line.clientEnd().isPresent()
                || line.gaveUp()
                || timeout != Timeout.NONE;
    }

    private void play(Act act) throws InterruptedException {
        switch (act) {
            case Act.Send send -> send(send);
            case Act.SendBytes send -> {
                minutes.note(WireLine.Side.SERVER, "bytes " + send.bytes());
                line.raw(send.bytes().buffer(), Pace.together(), sendLimit());
                line.flush(Pace.together(), sendLimit());
            }
            case Act.SendMessage send -> {
                Bytes content = send.content().make();
                listening.expectEcho(content);
                message(send.type().opcode(), 0, content, send.fragment(), send.pace());
            }
            case Act.Await await -> await(() -> listening.answers() >= await.count(), await.limit());
            case Act.AwaitPong await -> await(() -> listening.hasPong(await.payload()), await.limit());
            case Act.AwaitEnd await -> awaitEnd(await);
            case Act.Wait wait -> {
                if (!until(() -> false, Deadline.in(wait.time())) && !line.gaveUp()) {
                    listening.add(new Happening.Waited(wait.time()));
                }
            }
            case Act.LockStep lockStep -> lockStep(lockStep);
        }
    }

    private static Deadline sendLimit() {
        return Deadline.in(SEND_WAIT);
    }

    /** What the client does meanwhile shows afterwards: frames behind a close frame are sent, too. */
    private void send(Act.Send send) throws InterruptedException {
        Deadline limit = sendLimit();
        for (OutFrame frame : send.frames()) {
            if (frame.header().opcode() == Opcode.CLOSE && sent.isEmpty()) {
                closing(First.SERVER, new CloseStatus(frame.payload()));
            }
            if (Opcode.startsMessage(frame.header().opcode()) && frame.header().fin()) {
                listening.expectEcho(frame.payload());
            }
            line.frame(frame, send.pace(), limit);
        }
        line.flush(send.pace(), limit);
    }

    private void message(int opcode, int rsv, Bytes carried, OptionalInt fragment, Pace pace)
            throws InterruptedException {
        Deadline limit = sendLimit();
        ByteBuffer rest = carried.buffer();
        int most = Math.max(1, fragment.orElse(carried.length()));
        boolean begun = false;
        do {
            int at = rest.position();
            ByteBuffer part = rest.slice(at, Math.min(most, rest.remaining()));
            rest.position(at + part.remaining());
            Bytes shown = carried.slice(at, at + Math.min(Minutes.KEPT, part.remaining()));
            Fin fin = rest.hasRemaining() ? Fin.MORE : Fin.LAST;
            FrameHeader header = FrameHeader.of(fin, begun ? Opcode.CONTINUATION : opcode, part.remaining())
                    .withRsv(begun ? 0 : rsv);
            line.frame(header, part, shown, pace, limit);
            begun = true;
        } while (rest.hasRemaining());
        line.flush(pace, limit);
    }

    private void await(BooleanSupplier done, Duration limit) throws InterruptedException {
        if (!until(done, Deadline.in(limit))) {
            timeout = Timeout.EXPECTATION;
        }
    }

    /** A client that goes on need not be waited for: what it has sent can be told from the end that was asked for. */
    private void awaitEnd(Act.AwaitEnd await) throws InterruptedException {
        BooleanSupplier goesOn = () -> listening.answers() > await.mostAnswers();
        await(goesOn, await.limit());
        if (goesOn.getAsBoolean()) {
            timeout = Timeout.EXPECTATION;
        }
    }

    /** Reads, and answers pings, until {@code done}, or the client's close or end; tells whether one came in time. */
    private boolean until(BooleanSupplier done, Deadline limit) throws InterruptedException {
        BooleanSupplier over = () -> done.getAsBoolean() || listening.close().isPresent();
        while (true) {
            boolean timely = line.until(() -> over.getAsBoolean() || listening.hasPing(), limit);
            answerPings();
            if (!timely || over.getAsBoolean() || line.clientEnd().isPresent()) {
                return timely;
            }
            if (limit.passed()) {
                return false;
            }
        }
    }

    private void answerPings() throws InterruptedException {
        for (Optional<Bytes> ping = listening.takePing(); ping.isPresent(); ping = listening.takePing()) {
            if (sent.isEmpty()) {
                line.frame(OutFrame.of(Fin.LAST, Opcode.PONG, ping.get()), Pace.together(), sendLimit());
                line.flush(Pace.together(), sendLimit());
            }
        }
    }

    private void lockStep(Act.LockStep act) throws InterruptedException {
        boolean compressed = act.form() instanceof Act.Form.Compressed;
        if (compressed && handshaken.deflate().isEmpty()) {
            return;
        }
        listening.handOver();
        try (Echoing echoing = Echoing.of(act, handshaken.deflate())) {
            Deadline limit = Deadline.in(act.limit());
            Optional<String> difference = Optional.empty();
            int exact = 0;
            int plain = 0;
            while (exact < act.count() && difference.isEmpty()) {
                Bytes content = act.messages().message(exact);
                Bytes carried = echoing.carried(content);
                minutes.inflated(WireLine.Side.SERVER, content.length() - carried.length());
                message(act.type().opcode(), echoing.rsv(), carried, echoing.fragment(), Pace.together());
                boolean timely = until(listening::hasMessage, limit);
                Optional<Happening.Message> echo = listening.takeMessage();
                if (!timely) {
                    timeout = Timeout.EXPECTATION;
                    difference = Optional.of(
                            line.gaveUp()
                                    ? "nothing: the client does not take what it is sent"
                                    : "nothing within " + act.limit().toSeconds() + " s");
                } else {
                    difference = listening.lost().or(() -> echoing.difference(content, echo));
                    exact += difference.isEmpty() ? 1 : 0;
                    plain += echoing.isPlain(echo) ? 1 : 0;
                }
            }
            listening.add(new Happening.Echoes(exact, act.count(), plain, difference));
        } finally {
            listening.keep();
        }
    }

    private void closing(First who, CloseStatus status) {
        sent = Optional.of(status);
        if (first.isEmpty()) {
            first = Optional.of(who);
        }
    }

    private void sendClose(First who, CloseStatus status) throws InterruptedException {
        closing(who, status);
        line.frame(OutFrame.close(status), Pace.together(), sendLimit());
        line.flush(Pace.together(), sendLimit());
    }

    /** The closing handshake, and the end of TCP, as far as they are still to come. */
    private void close() throws InterruptedException {
        if (sent.isEmpty() && !over()) {
            throw new IllegalStateException("expected the last act to be a close or a wait for the client's");
        }
        if (line.gaveUp() && listening.close().isEmpty()) {
            timeout = Timeout.EXPECTATION;
            return;
        }
        if (sent.isEmpty() && timeout == Timeout.EXPECTATION) {
            sendClose(First.SERVER, CloseStatus.of(GOING_AWAY, "nothing came in time"));
        }
        if (sent.isPresent() && !until(() -> false, Deadline.in(CLOSE_WAIT))) {
            timeout = timeout == Timeout.NONE ? Timeout.CLOSE_REPLY : timeout;
            return;
        }
        if (listening.close().isEmpty()) {
            // It ended TCP instead.
            first = first.or(() -> Optional.of(First.CLIENT_DROP));
            return;
        }
        if (sent.isEmpty()) {
            sendClose(
                    First.CLIENT_CLOSE, new CloseStatus(listening.close().get().answer()));
        }
        lasted = Optional.of(minutes.elapsed());
        line.shutdownWrites();
        if (!line.until(() -> false, Deadline.in(CLOSE_WAIT)) && timeout == Timeout.NONE) {
            timeout = Timeout.TCP_END;
        }
    }

    private ExchangeRecord record() {
        Ending ending = new Ending(first.orElse(First.SERVER), sent, listening.close(), line.clientEnd(), timeout);
        return new ExchangeRecord(
                begun,
                listening.happenings(),
                ending,
                listening.violations(),
                handshaken.deflate(),
                minutes.received(),
                minutes.sent(),
                minutes.lines(),
                started,
                lasted.orElseGet(minutes::elapsed));
    }
}
