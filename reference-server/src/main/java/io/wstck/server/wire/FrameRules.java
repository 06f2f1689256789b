package io.wstck.server.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the frame headers of one side against RFC 6455 §5, in their order. One thread. */
final class FrameRules {
    private final EndpointRole sender;
    private final int allowedRsv;
    private State state = State.BETWEEN_MESSAGES;

    private enum State {
        BETWEEN_MESSAGES,
        INSIDE_MESSAGE,
        CLOSED
    }

    /** {@code allowedRsv}: the reserved bits to which a negotiated extension gives a meaning. */
    FrameRules(EndpointRole sender, int allowedRsv) {
        this.sender = sender;
        this.allowedRsv = allowedRsv;
    }

    /** All violations of this header at its place in the stream. */
    List<Violation> check(FrameHeader header) {
        List<Violation> found = new ArrayList<>();
        checkMask(header).ifPresent(found::add);
        checkReserved(header).ifPresent(found::add);
        if (Opcode.isReserved(header.opcode())) {
            found.add(new Violation(Rule.RESERVED_OPCODE, "opcode " + header.opcode()));
        }
        checkLength(header).ifPresent(found::add);
        if (state == State.CLOSED && !mayFollowClose(header)) {
            found.add(new Violation(
                    Rule.FRAME_AFTER_CLOSE, "frame with opcode " + header.opcode() + " after the close frame"));
        } else if (Opcode.isControl(header.opcode())) {
            checkControl(header, found);
        } else {
            checkSequence(header).ifPresent(found::add);
        }
        return found;
    }

    /** Only clients mask their frames (RFC 6455 §5.1). */
    private Optional<Violation> checkMask(FrameHeader header) {
        boolean masked = header.mask().isPresent();
        if (masked == (sender == EndpointRole.CLIENT)) {
            return Optional.empty();
        }
        String frame = "frame with opcode " + header.opcode();
        return Optional.of(
                masked
                        ? new Violation(Rule.MASKED_FRAME, frame + " is masked")
                        : new Violation(Rule.UNMASKED_FRAME, frame + " is not masked"));
    }

    /**
     * §5.5.1 forbids only data frames. An endpoint answers pings until the peer's close frame has come (§5.5.2). The
     * RFC does not mention a second close frame.
     */
    private static boolean mayFollowClose(FrameHeader header) {
        return Opcode.isControl(header.opcode());
    }

    private Optional<Violation> checkReserved(FrameHeader header) {
        // RFC 7692 §6: only the first frame of a message may have RSV1.
        int allowed = Opcode.startsMessage(header.opcode()) ? allowedRsv : 0;
        return (header.rsv() & ~allowed) == 0
                ? Optional.empty()
                : Optional.of(new Violation(
                        Rule.RESERVED_BITS, "rsv " + header.rsv() + " on a frame with opcode " + header.opcode()));
    }

    private static Optional<Violation> checkLength(FrameHeader header) {
        if (header.length() < 0) {
            String length = Long.toUnsignedString(header.length());
            return Optional.of(
                    new Violation(Rule.LENGTH_TOO_LARGE, "64-bit length " + length + " has its top bit set"));
        }
        if (header.lengthForm() > FrameHeader.minimalForm(header.length())) {
            return Optional.of(new Violation(
                    Rule.LENGTH_NOT_MINIMAL,
                    "length " + header.length() + " in the " + header.lengthForm() + "-bit form"));
        }
        return Optional.empty();
    }

    private void checkControl(FrameHeader header, List<Violation> found) {
        if (Long.compareUnsigned(header.length(), 125) > 0) {
            found.add(new Violation(
                    Rule.CONTROL_TOO_LONG, "control frame of " + Long.toUnsignedString(header.length()) + " bytes"));
        }
        if (!header.fin()) {
            found.add(new Violation(Rule.CONTROL_FRAGMENTED, "control frame without FIN"));
        }
        if (header.opcode() == Opcode.CLOSE) {
            state = State.CLOSED;
        }
    }

    private Optional<Violation> checkSequence(FrameHeader header) {
        Optional<Violation> found = Optional.empty();
        if (header.opcode() == Opcode.CONTINUATION) {
            if (state == State.BETWEEN_MESSAGES) {
                return Optional.of(
                        new Violation(Rule.ORPHAN_CONTINUATION, "continuation frame with no message to continue"));
            }
        } else if (state == State.INSIDE_MESSAGE) {
            found = Optional.of(new Violation(
                    Rule.NESTED_MESSAGE, "frame with opcode " + header.opcode() + " inside a fragmented message"));
        }
        state = header.fin() ? State.BETWEEN_MESSAGES : State.INSIDE_MESSAGE;
        return found;
    }

    /** The violation in the payload of a close frame, if any. It reports at most one. */
    static Optional<Violation> checkClose(CloseStatus close) {
        int length = close.payload().length();
        if (length == 0) {
            return Optional.empty();
        }
        if (length == 1) {
            return Optional.of(new Violation(Rule.CLOSE_PAYLOAD, "close frame with a 1-byte payload"));
        }
        if (close.reason().isEmpty()) {
            return Optional.of(new Violation(Rule.CLOSE_PAYLOAD, "close frame whose reason is no UTF-8"));
        }
        int code = close.code().orElseThrow();
        boolean reserved = code < 1000 || (code >= 1004 && code <= 1006) || code == 1015 || code >= 5000;
        return reserved
                ? Optional.of(new Violation(Rule.CLOSE_CODE, "close frame with code " + code))
                : Optional.empty();
    }
}
