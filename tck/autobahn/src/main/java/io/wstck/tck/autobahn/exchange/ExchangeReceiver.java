package io.wstck.tck.autobahn.exchange;

import io.wstck.server.connection.ClosingHandshake;
import io.wstck.server.connection.Receiver;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.DiscardReason;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.WireEvent;
import io.wstck.tck.autobahn.exchange.PeerEvent.EchoEncoding;
import io.wstck.tck.autobahn.exchange.WireLogEntry.Side;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Turns the peer's bytes into events. An echo needs no memory, because its event shares the message that was sent.
 * One thread.
 */
final class ExchangeReceiver implements Receiver {
    /** The number of events that are kept. */
    private static final int MAX_EVENTS = 2_000;

    private static final int MAX_VIOLATIONS = 50;

    private final FrameReader reader;
    private final MemoryBudget.MemoryReservation memory;
    private final ExchangeLog log;
    private final List<PeerEvent> events = new ArrayList<>();
    private final List<Violation> violations;
    private final ClosingHandshake closing;
    private final Deque<Bytes> expectedEchoes = new ArrayDeque<>();
    private final Deque<Bytes> unansweredPings = new ArrayDeque<>();
    private int answers;
    private long bytes;
    /** Whether messages are echoes that the player compares one by one, instead of events. */
    private boolean comparing;

    private Optional<PeerEvent.Message> echo = Optional.empty();
    private Optional<String> lostMessage = Optional.empty();

    ExchangeReceiver(
            FrameReader reader,
            MemoryBudget.MemoryReservation memory,
            ExchangeLog log,
            List<Violation> handshake,
            ClosingHandshake closing) {
        this.reader = reader;
        this.memory = memory;
        this.log = log;
        this.violations = new ArrayList<>(handshake);
        this.closing = closing;
    }

    @Override
    public void take(ByteBuffer in) {
        reader.feed(in, this::take);
    }

    @Override
    public void countRead(int bytes) {
        this.bytes += bytes;
        log.countTransfer(Side.PEER, bytes);
    }

    @Override
    public void countWritten(int bytes) {
        log.countTransfer(Side.KIT, bytes);
    }

    @Override
    public void clientEnded(PeerEnd how) {
        log.note(
                Side.PEER,
                switch (how) {
                    case FIN -> "ends TCP";
                    case RST -> "resets TCP";
                    case ENDED -> "ends or resets TCP";
                });
        reader.endInput(this::take);
    }

    private void take(WireEvent event) {
        switch (event) {
            case WireEvent.FrameRead frame -> frame(frame);
            case WireEvent.MessageRead read -> message(read.message());
            case WireEvent.ViolationFound found -> violation(found.violation());
            // The violations of the message came before.
            case WireEvent.MessageCorrupt _ -> noteLost("a message that does not inflate");
            case WireEvent.MessageDiscarded discarded -> notTaken(discarded.reason());
        }
    }

    private void notTaken(DiscardReason why) {
        if (why == DiscardReason.NO_MEMORY) {
            throw new NoMemoryException("the peer sent " + why.description() + ": what it did cannot be judged");
        }
        add(new PeerEvent.DiscardedMessage(why.description()));
        noteLost(why.description());
    }

    /** Counts a message that was not kept as an answer, so that a wait for an answer ends. */
    private void noteLost(String what) {
        if (closing.received().isEmpty()) {
            answers++;
            lostMessage = Optional.of(what);
        }
    }

    private void violation(Violation violation) {
        log.note(Side.PEER, "breaks " + violation.rule().source() + ": " + violation.detail());
        if (violations.size() < MAX_VIOLATIONS) {
            violations.add(violation);
        }
    }

    private void frame(WireEvent.FrameRead frame) {
        Bytes payload = frame.payload().kept();
        log.frame(Side.PEER, frame.header(), payload);
        if (closing.received().isPresent()) {
            // The violation is already recorded, and the frame does not count.
            return;
        }
        switch (frame.header().opcode()) {
            case Opcode.CLOSE -> closing.addReceived(new CloseStatus(payload));
            case Opcode.PING -> {
                if (unansweredPings.size() < MAX_EVENTS) {
                    unansweredPings.add(payload);
                }
                add(new PeerEvent.Ping(payload));
            }
            case Opcode.PONG -> {
                answers++;
                add(new PeerEvent.Pong(payload));
            }
            default -> {
                // A part of a message, or a frame with an unknown opcode, which is recorded as a violation.
            }
        }
    }

    private void message(Message message) {
        if (closing.received().isPresent()) {
            memory.release(message.content().length());
            return;
        }
        answers++;
        EchoEncoding carried = EchoEncoding.PLAIN;
        if (message.coding() instanceof MessageCoding.Deflated deflated) {
            carried = EchoEncoding.COMPRESSED;
            log.countInflated(Side.PEER, message.content().length() - deflated.wireLength());
        }
        if (comparing && echo.isEmpty()) {
            echo = Optional.of(new PeerEvent.Message(message.type(), message.content(), carried));
            return;
        }
        Bytes content = message.content();
        if (content.equals(expectedEchoes.peek())) {
            memory.release(content.length());
            content = expectedEchoes.remove();
        }
        add(new PeerEvent.Message(message.type(), content, carried));
    }

    void add(PeerEvent event) {
        if (events.size() < MAX_EVENTS) {
            events.add(event);
        }
    }

    /** Removes the events of plain binary echoes of {@code message}, and returns their number. */
    int takeEchoes(Bytes message) {
        PeerEvent echoed = new PeerEvent.Message(MessageType.BINARY, message, EchoEncoding.PLAIN);
        int before = events.size();
        events.removeIf(echoed::equals);
        return before - events.size();
    }

    /** Notes that the peer is to echo this message. */
    void expectEcho(Bytes message) {
        expectedEchoes.add(message);
    }

    /** From now on messages go to {@link #takeMessage}. */
    void startComparing() {
        comparing = true;
    }

    /** From now on messages are events again. */
    void stopComparing() {
        comparing = false;
    }

    /** Whether a message came, also one that was not kept. */
    boolean hasMessage() {
        return echo.isPresent() || lostMessage.isPresent();
    }

    /** The description of a message that came but was not kept. */
    Optional<String> lostMessage() {
        return lostMessage;
    }

    /** Takes the message that came, and returns its memory to the budget. Empty if none came. */
    Optional<PeerEvent.Message> takeMessage() {
        Optional<PeerEvent.Message> taken = echo;
        echo = Optional.empty();
        taken.ifPresent(message -> memory.release(message.content().length()));
        return taken;
    }

    boolean hasPing() {
        return !unansweredPings.isEmpty();
    }

    /** Takes a ping of the peer that is not answered yet. */
    Optional<Bytes> takePing() {
        return Optional.ofNullable(unansweredPings.poll());
    }

    /** The number of bytes that came. */
    long bytes() {
        return bytes;
    }

    /** The number of messages and pongs that came. */
    int answers() {
        return answers;
    }

    /** Whether a pong with this payload came. */
    boolean hasPong(Bytes payload) {
        return events.contains(new PeerEvent.Pong(payload));
    }

    List<PeerEvent> events() {
        return events;
    }

    List<Violation> violations() {
        return violations;
    }
}
