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

/** The server's events for unmasked frames. Each call consumes some of them. */
final class ServerEvents {
    /** After these rules the message that the client refused may never end. */
    private static final Set<Rule> GIVES_UP_MESSAGE = EnumSet.of(Rule.NESTED_MESSAGE, Rule.FRAME_AFTER_CLOSE);

    private final List<WireEvent> events;
    private int next;

    ServerEvents(List<WireEvent> events) {
        // A server does not mask its frames: that rule is for clients.
        this.events = events.stream()
                .filter(event ->
                        !(event instanceof WireEvent.ViolationFound(var found) && found.rule() == Rule.UNMASKED_FRAME))
                .toList();
    }

    static boolean isText(WireEvent.MessageRead read) {
        return read.message().type() == MessageType.TEXT;
    }

    /** Consumes the next message. Before it the server may have noted only these rules. */
    WireEvent.MessageRead nextMessage(Set<Rule> allowed) {
        while (next < events.size()) {
            switch (events.get(next++)) {
                case WireEvent.MessageRead read -> {
                    return read;
                }
                case WireEvent.FrameRead frame when !isControl(frame) -> {}
                case WireEvent.ViolationFound(var found) when allowed.contains(found.rule()) -> {}
                case WireEvent other -> throw new FuzzFinding("expected a message, as the client reads, got " + other);
            }
        }
        throw new FuzzFinding("expected a message, as the client reads, got the end of " + events);
    }

    /** Consumes the next control frame and returns its payload. Before it the server must have noted no rule. */
    Bytes nextControl(int opcode) {
        while (next < events.size()) {
            switch (events.get(next++)) {
                case WireEvent.FrameRead frame
                when frame.header().opcode() == opcode -> {
                    return frame.payload().kept();
                }
                case WireEvent.FrameRead frame when !isControl(frame) -> {}
                case WireEvent other ->
                    throw new FuzzFinding(
                            "expected a frame with opcode " + opcode + ", as the client reads, got " + other);
            }
        }
        throw new FuzzFinding(
                "expected a frame with opcode " + opcode + ", as the client reads, got the end of " + events);
    }

    /**
     * After a violation of the client: the server must note one of these rules, unless the bytes end before it can. The
     * client stops at the first wrong byte. The server notes the rule at the end of the frame's header, or of a
     * compressed message.
     */
    void expectViolation(Violation violation, Set<Rule> same) {
        List<WireEvent> passed = new ArrayList<>();
        for (WireEvent event : events.subList(next, events.size())) {
            passed.add(event);
            switch (match(event, violation, same)) {
                case MATCHING_RULE -> {
                    return;
                }
                case TOO_LATE ->
                    throw new FuzzFinding(
                            "expected one of " + same + ", as the client refuses by " + violation + ", got " + passed);
                case UNDECIDED -> {}
            }
        }
    }

    private enum ViolationMatch {
        MATCHING_RULE,
        UNDECIDED,
        /** The server continued after the client's violation. */
        TOO_LATE
    }

    private static ViolationMatch match(WireEvent event, Violation violation, Set<Rule> same) {
        boolean ofContent = violation == Violation.NOT_DEFLATED || violation == Violation.TEXT_NOT_UTF8;
        return switch (event) {
            case WireEvent.ViolationFound(var found) when same.contains(found.rule()) -> ViolationMatch.MATCHING_RULE;
            case WireEvent.ViolationFound(var found)
            when ofContent && GIVES_UP_MESSAGE.contains(found.rule()) -> ViolationMatch.MATCHING_RULE;
            // The server checks the text of a compressed message only after inflating all of it.
            case WireEvent.MessageCorrupt _ when violation == Violation.TEXT_NOT_UTF8 -> ViolationMatch.MATCHING_RULE;
            case WireEvent.ViolationFound _ -> ViolationMatch.UNDECIDED;
            case WireEvent.FrameRead frame when ofContent || !isControl(frame) -> ViolationMatch.UNDECIDED;
            default -> ViolationMatch.TOO_LATE;
        };
    }

    /** The client waits for more bytes, so the server must wait too. */
    void expectEnd() {
        for (WireEvent event : events.subList(next, events.size())) {
            boolean waits = event instanceof WireEvent.FrameRead frame && !isControl(frame);
            boolean incomplete =
                    event instanceof WireEvent.ViolationFound(var found) && found.rule() == Rule.INCOMPLETE_FRAME;
            if (!waits && !incomplete) {
                throw new FuzzFinding("expected nothing more, as the client waits for bytes, got " + event);
            }
        }
    }

    private static boolean isControl(WireEvent.FrameRead frame) {
        return Opcode.isControl(frame.header().opcode());
    }
}
