package io.wstck.server.exchange;

import io.wstck.server.exchange.Happening.Carried;
import io.wstck.server.exchange.WireLine.Side;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Coding;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.NotTaken;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.WireEvent;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the client says, made into happenings. An echo holds no memory of its own: it is the message that was sent. One thread. */
final class Listening {
    /** What is kept of a client that talks and talks. */
    private static final int MAX_HAPPENINGS = 2_000;

    private static final int MAX_VIOLATIONS = 50;

    private final FrameReader reader;
    private final MemoryBudget.Share memory;
    private final Minutes minutes;
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Violation> violations;
    private final Deque<Bytes> unechoed = new ArrayDeque<>();
    private final Deque<Bytes> unanswered = new ArrayDeque<>();
    private Optional<CloseStatus> close = Optional.empty();
    private int answers;
    private Mode mode = Mode.KEEPING;
    private Optional<Happening.Message> latest = Optional.empty();
    private Optional<String> lost = Optional.empty();

    private enum Mode {
        /** Messages are happenings. */
        KEEPING,
        /** Messages are echoes that the player compares, one at a time. */
        HANDING_OVER
    }

    Listening(FrameReader reader, MemoryBudget.Share memory, Minutes minutes, List<Violation> handshake) {
        this.reader = reader;
        this.memory = memory;
        this.minutes = minutes;
        this.violations = new ArrayList<>(handshake);
    }

    void hear(ByteBuffer bytes) {
        minutes.octets(Side.CLIENT, bytes.remaining());
        reader.feed(bytes, this::hear);
    }

    /** The client has ended its side of TCP. */
    void end() {
        reader.end(this::hear);
    }

    private void hear(WireEvent event) {
        switch (event) {
            case WireEvent.FrameRead frame -> frame(frame);
            case WireEvent.MessageRead read -> message(read.message());
            case WireEvent.ViolationFound found -> violation(found.violation());
            // Its violations came before it.
            case WireEvent.MessageBroken _ -> lost("a message that does not inflate");
            case WireEvent.MessageNotTaken not -> notTaken(not.why());
        }
    }

    private void notTaken(NotTaken why) {
        if (why == NotTaken.NO_MEMORY) {
            throw new NoMemoryException("the client sent " + why.description() + ": what it did cannot be judged");
        }
        add(new Happening.Excess(why.description()));
        lost(why.description());
    }

    /** It was an answer, if none that can be looked at: who waits for one does not wait for another. */
    private void lost(String what) {
        if (close.isEmpty()) {
            answers++;
            lost = Optional.of(what);
        }
    }

    private void violation(Violation violation) {
        minutes.note(Side.CLIENT, "breaks " + violation.rule().source() + ": " + violation.detail());
        if (violations.size() < MAX_VIOLATIONS) {
            violations.add(violation);
        }
    }

    private void frame(WireEvent.FrameRead frame) {
        Bytes payload = frame.payload().kept();
        minutes.frame(Side.CLIENT, frame.header(), payload);
        if (close.isPresent()) {
            // A violation already; nothing that counts.
            return;
        }
        switch (frame.header().opcode()) {
            case Opcode.CLOSE -> close = Optional.of(new CloseStatus(payload));
            case Opcode.PING -> {
                if (unanswered.size() < MAX_HAPPENINGS) {
                    unanswered.add(payload);
                }
                add(new Happening.Ping(payload));
            }
            case Opcode.PONG -> {
                answers++;
                add(new Happening.Pong(payload));
            }
            default -> {
                // Part of a message, or of nothing known: that is noted as a violation.
            }
        }
    }

    private void message(Message message) {
        if (close.isPresent()) {
            memory.give(message.content().length());
            return;
        }
        answers++;
        Carried carried = Carried.PLAIN;
        if (message.coding() instanceof Coding.Deflated deflated) {
            carried = Carried.COMPRESSED;
            minutes.inflated(Side.CLIENT, message.content().length() - deflated.wireLength());
        }
        if (mode == Mode.HANDING_OVER && latest.isEmpty()) {
            latest = Optional.of(new Happening.Message(message.type(), message.content(), carried));
            return;
        }
        Bytes content = message.content();
        if (content.equals(unechoed.peek())) {
            memory.give(content.length());
            content = unechoed.remove();
        }
        add(new Happening.Message(message.type(), content, carried));
    }

    void add(Happening happening) {
        if (happenings.size() < MAX_HAPPENINGS) {
            happenings.add(happening);
        }
    }

    /** The client is to echo that message. */
    void expectEcho(Bytes message) {
        unechoed.add(message);
    }

    /** From here on messages are for {@link #takeMessage}. */
    void handOver() {
        mode = Mode.HANDING_OVER;
    }

    /** From here on messages are happenings again. */
    void keep() {
        mode = Mode.KEEPING;
    }

    /** Whether one came, or one that was lost. */
    boolean hasMessage() {
        return latest.isPresent() || lost.isPresent();
    }

    /** What a message was that came and of which nothing is left. */
    Optional<String> lost() {
        return lost;
    }

    /** The message that came, whose memory goes back; empty when none did. */
    Optional<Happening.Message> takeMessage() {
        Optional<Happening.Message> taken = latest;
        latest = Optional.empty();
        taken.ifPresent(message -> memory.give(message.content().length()));
        return taken;
    }

    boolean hasPing() {
        return !unanswered.isEmpty();
    }

    /** A ping of the client's own that was not answered yet. */
    Optional<Bytes> takePing() {
        return Optional.ofNullable(unanswered.poll());
    }

    /** How many messages and pongs came. */
    int answers() {
        return answers;
    }

    /** Whether a pong with that payload came. */
    boolean hasPong(Bytes payload) {
        return happenings.contains(new Happening.Pong(payload));
    }

    /** The client's close frame. */
    Optional<CloseStatus> close() {
        return close;
    }

    List<Happening> happenings() {
        return happenings;
    }

    List<Violation> violations() {
        return violations;
    }
}
