package io.wstck.tck.fuzz;

import io.wstck.client.protocol.Violation;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.WireEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the server made of frames that are not masked, passed one event after the other. */
final class ServerReading {
    /** After it the message that the client has refused may never end. */
    private static final Set<Rule> GIVES_UP_MESSAGE = EnumSet.of(Rule.NESTED_MESSAGE, Rule.FRAME_AFTER_CLOSE);

    private final List<WireEvent> events;
    private int next;

    ServerReading(List<WireEvent> events) {
        // A server's frames are not masked: that rule is for clients.
        this.events = events.stream()
                .filter(event ->
                        !(event instanceof WireEvent.ViolationFound(var found) && found.rule() == Rule.UNMASKED_FRAME))
                .toList();
    }

    static boolean isText(WireEvent.MessageRead read) {
        return read.message().type() == MessageType.TEXT;
    }

    /** Passes the next message; before it only these rules may be noted. */
    WireEvent.MessageRead nextMessage(Set<Rule> allowed) {
        while (next < events.size()) {
            switch (events.get(next++)) {
                case WireEvent.MessageRead read -> {
                    return read;
                }
                case WireEvent.FrameRead frame when !isControl(frame) -> {}
                case WireEvent.ViolationFound(var found) when allowed.contains(found.rule()) -> {}
                case WireEvent other -> throw new Finding("expected a message, as the client reads, got " + other);
            }
        }
        throw new Finding("expected a message, as the client reads, got the end of " + events);
    }

    /** Passes the next control frame, before which no rule may be noted, and returns its payload. */
    Bytes nextControl(int opcode) {
        while (next < events.size()) {
            switch (events.get(next++)) {
                case WireEvent.FrameRead frame
                when frame.header().opcode() == opcode -> {
                    return frame.payload().kept();
                }
                case WireEvent.FrameRead frame when !isControl(frame) -> {}
                case WireEvent other ->
                    throw new Finding("expected a frame with opcode " + opcode + ", as the client reads, got " + other);
            }
        }
        throw new Finding("expected a frame with opcode " + opcode + ", as the client reads, got the end of " + events);
    }

    /**
     * The client has refused: one of these rules must be noted, unless the bytes end before the server can tell. The client refuses
     * at the first byte that is wrong; the server notes it at the end of the frame's header, or of a compressed message.
     */
    void expectViolation(Violation violation, Set<Rule> same) {
        List<WireEvent> passed = new ArrayList<>();
        for (WireEvent event : events.subList(next, events.size())) {
            passed.add(event);
            switch (agreement(event, violation, same)) {
                case REFUSED_TOO -> {
                    return;
                }
                case TOO_LATE ->
                    throw new Finding(
                            "expected one of " + same + ", as the client refuses by " + violation + ", got " + passed);
                case UNDECIDED -> {}
            }
        }
    }

    private enum Agreement {
        REFUSED_TOO,
        UNDECIDED,
        /** The server has read on where the client has refused. */
        TOO_LATE
    }

    private static Agreement agreement(WireEvent event, Violation violation, Set<Rule> same) {
        boolean ofContent = violation == Violation.NOT_DEFLATED || violation == Violation.TEXT_NOT_UTF8;
        return switch (event) {
            case WireEvent.ViolationFound(var found) when same.contains(found.rule()) -> Agreement.REFUSED_TOO;
            case WireEvent.ViolationFound(var found)
            when ofContent && GIVES_UP_MESSAGE.contains(found.rule()) -> Agreement.REFUSED_TOO;
            // The server looks at the text of a compressed message only when all of it is inflated.
            case WireEvent.MessageBroken _ when violation == Violation.TEXT_NOT_UTF8 -> Agreement.REFUSED_TOO;
            case WireEvent.ViolationFound _ -> Agreement.UNDECIDED;
            case WireEvent.FrameRead frame when ofContent || !isControl(frame) -> Agreement.UNDECIDED;
            default -> Agreement.TOO_LATE;
        };
    }

    /** The client waits for more bytes: so must the server. */
    void expectEnd() {
        for (WireEvent event : events.subList(next, events.size())) {
            boolean waits = event instanceof WireEvent.FrameRead frame && !isControl(frame);
            boolean incomplete =
                    event instanceof WireEvent.ViolationFound(var found) && found.rule() == Rule.INCOMPLETE_FRAME;
            if (!waits && !incomplete) {
                throw new Finding("expected nothing more, as the client waits for bytes, got " + event);
            }
        }
    }

    private static boolean isControl(WireEvent.FrameRead frame) {
        return Opcode.isControl(frame.header().opcode());
    }
}
