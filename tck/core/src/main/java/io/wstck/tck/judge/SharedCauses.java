package io.wstck.tck.judge;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.StepKind;
import io.wstck.server.wire.Rule;
import java.util.Optional;

/**
 * Finds the cause of an unmet check, if the same defect fails cases of many clauses. A client that masks no frame has
 * one defect, not one per clause. Such a check has the same cause in every case. Stateless.
 */
final class SharedCauses {
    private static final Cause MISSING_CLOSE_FRAME = new Cause(
            "failing close frame",
            "rfc6455.close.failing",
            "the client fails a connection without the close frame that RFC 6455 §7.1.7 asks for, or with another code");

    private static final Cause CONNECTION_LEFT_OPEN = new Cause(
            "rfc6455.handshake.not-reused",
            "rfc6455.handshake.not-reused",
            "the client reports that a connection failed, and leaves TCP open or uses it again (RFC 6455 §7.1.7)");

    private static final Cause CONNECT = new Cause("connect", "connect.returns", "a connection cannot be opened");

    private static final Cause ALIVE =
            new Cause("alive", "receive.message", "the echo of a first message does not come back");

    private static final Cause PROGRAM_DIED = new Cause("program died", "connect.returns", "the client's process dies");

    private static final Cause NOT_CLOSED = new Cause(
            "client let go", "close.unanswered", "the client does not close its connections when a case ends");

    private static final Cause NOT_MADE = new Cause("client made", "connect.returns", "the client cannot be made");

    private static final Cause ERROR_KIND =
            new Cause("error kind", "errors.is", "errors have another kind than documented");

    private static final Cause ERROR_RETRYABLE = new Cause(
            "error retryable", "errors.methods", "errors say the opposite of what is documented about a retry");

    private static final Cause COMPRESSED_BELOW_THRESHOLD = new Cause(
            "compressed below threshold",
            "options.compression-threshold",
            "the client compresses messages below the threshold");

    private static final Cause LEFT_PLAIN = new Cause(
            "left plain",
            "options.compression-threshold",
            "the client sends messages plain that it is to compress: those at or above the threshold, on a connection with"
                    + " compression");

    private static final Cause CLOSED_CHANNEL =
            new Cause("closed channel", "receive.closed", "a closed channel does not answer nil, false");

    private SharedCauses() {}

    /** Returns the shared cause. Empty if the cause is a breach of the clause of the case. */
    static Optional<Cause> of(Check check) {
        return switch (check.witness()) {
            case SCRIPT -> script(check);
            case SERVER -> server(check);
            case WIRE -> wire(check);
        };
    }

    private static Optional<Cause> wire(Check check) {
        if (check.kind() == NamedCheck.COMPRESSED) {
            return compression(check);
        }
        return isMissingCloseFrame(check) ? Optional.of(MISSING_CLOSE_FRAME) : Optional.empty();
    }

    /** Returns the cause of a check on which messages are compressed. It is the same in every case. */
    private static Optional<Cause> compression(Check check) {
        if (check.actual().contains("; ")) {
            // Messages of both kinds: a threshold does not explain that.
            return Optional.empty();
        }
        if (check.expected().endsWith(" compressed") && check.actual().endsWith(" plain")) {
            return Optional.of(LEFT_PLAIN);
        }
        // If no message at all should be compressed, compression was not negotiated.
        boolean some = check.expected().startsWith("message");
        return some && check.expected().endsWith(" plain") && check.actual().endsWith(" compressed")
                ? Optional.of(COMPRESSED_BELOW_THRESHOLD)
                : Optional.empty();
    }

    private static Optional<Cause> script(Check check) {
        return switch (check.kind()) {
            case NamedCheck.ERROR -> Optional.of(raisedError(Signature.normalize(check.actual())));
            case NamedCheck.FAILS -> wrongError(check.actual());
            case NamedCheck.CLOSED ->
                check.actual().startsWith("nil, ") ? Optional.of(CLOSED_CHANNEL) : Optional.empty();
            default -> precondition(check.kind());
        };
    }

    /** Returns the cause of a check that only prepares or ends a case. */
    private static Optional<Cause> precondition(CheckKind kind) {
        return switch (kind) {
            case NamedCheck.CONNECT, NamedCheck.CONTROL_CONNECTION -> Optional.of(CONNECT);
            case NamedCheck.ALIVE -> Optional.of(ALIVE);
            case NamedCheck.CLIENT_LET_GO -> Optional.of(NOT_CLOSED);
            case NamedCheck.CLIENT_MADE -> Optional.of(NOT_MADE);
            default -> Optional.empty();
        };
    }

    /** Names the cause by the error text before its first colon. The rest is about one connection. */
    private static Cause raisedError(String error) {
        String what = error.split(": ", 2)[0];
        return new Cause("raised " + what, CONNECT.clause(), "a call raises an error: " + what);
    }

    /** Returns the cause for an error with wrong properties. It is the same for every call. */
    private static Optional<Cause> wrongError(String actual) {
        if (actual.endsWith("(another kind)")) {
            return Optional.of(ERROR_KIND);
        }
        return actual.contains("(retryable is ") ? Optional.of(ERROR_RETRYABLE) : Optional.empty();
    }

    /** Returns whether the check only prepares or ends a case, or only records a call. */
    static boolean isPrecondition(Check check) {
        return check.witness() == Witness.SCRIPT
                && (check.kind() == NamedCheck.CALL
                        || precondition(check.kind()).isPresent());
    }

    static Cause died() {
        return PROGRAM_DIED;
    }

    /**
     * Returns whether it is a missing close frame of a client that fails a connection. A close frame that answers the
     * server's does not count.
     */
    static boolean isMissingCloseFrame(Cause cause) {
        return cause.equals(MISSING_CLOSE_FRAME);
    }

    private static boolean isMissingCloseFrame(Check check) {
        return check.strength() == Strength.SHOULD
                && check.expected().startsWith("a close frame with ")
                && !check.expected().endsWith("as the answer");
    }

    private static Optional<Cause> server(Check check) {
        return switch (check.kind()) {
            case CheckKind.Violation(Rule rule) -> Optional.of(violation(rule));
            case CheckKind.Step(JournalEntry.StepDone done)
            when done.step() == StepKind.EXPECT_FAILED -> notFailed(check, done);
            case CheckKind.Step _, CheckKind.Other _, NamedCheck _ -> Optional.empty();
        };
    }

    private static Optional<Cause> notFailed(Check check, JournalEntry.StepDone done) {
        if (check.strength() == Strength.SHOULD) {
            return Optional.of(MISSING_CLOSE_FRAME);
        }
        return done.wasPendingAtScriptEnd() ? Optional.of(CONNECTION_LEFT_OPEN) : Optional.empty();
    }

    private static Cause violation(Rule rule) {
        return switch (rule) {
            case HANDSHAKE_REQUEST ->
                violation(rule, "rfc6455.handshake.request", "the client sends a handshake request that is not valid");
            case UNMASKED_FRAME ->
                violation(rule, "rfc6455.framing.mask-key", "the client sends frames without a mask");
            case RESERVED_BITS ->
                violation(
                        rule,
                        "rfc6455.framing.reserved-bits",
                        "the client sets reserved bits that were not negotiated");
            case RESERVED_OPCODE ->
                violation(rule, "rfc6455.framing.reserved-opcodes", "the client sends frames with a reserved opcode");
            case LENGTH_NOT_MINIMAL ->
                violation(
                        rule,
                        "rfc6455.framing.client-length",
                        "the client sends lengths that are not in the shortest form");
            case LENGTH_TOO_LARGE ->
                violation(rule, "rfc6455.framing.client-length", "the client sends a length with the top bit set");
            case CONTROL_TOO_LONG ->
                violation(rule, "rfc6455.control.length", "the client sends control frames above 125 bytes");
            case CONTROL_FRAGMENTED ->
                violation(rule, "rfc6455.control.fragmented", "the client sends control frames without FIN");
            case ORPHAN_CONTINUATION ->
                violation(
                        rule, "rfc6455.fragmentation.client-reserved", "the client sends continuations of no message");
            case NESTED_MESSAGE ->
                violation(
                        rule,
                        "rfc6455.fragmentation.client-reserved",
                        "the client begins a message inside another fragmented message");
            case TEXT_NOT_UTF8 -> violation(rule, "send.invalid-utf8", "the client sends text that is not valid UTF-8");
            case CLOSE_PAYLOAD ->
                violation(
                        rule,
                        "rfc6455.close.payload",
                        "the client sends close frames with a payload that is not valid");
            case CLOSE_CODE ->
                violation(rule, "close.unsendable", "the client sends close codes that must not be on the wire");
            case FRAME_AFTER_CLOSE ->
                violation(rule, "close.handshake", "the client sends frames after its close frame");
            case EXTENSION_OFFER ->
                violation(
                        rule,
                        "rfc6455.handshake.request",
                        "the client offers an extension in a form that is not valid");
            case DEFLATE_DATA ->
                violation(rule, "rfc7692.deflate.client", "the client sends compressed data that cannot be inflated");
            case DEFLATE_WINDOW ->
                violation(
                        rule,
                        "rfc7692.deflate.client",
                        "the client refers to data outside the window or the context that was negotiated");
            case DEFLATE_TAIL ->
                violation(
                        rule,
                        "rfc7692.deflate.client",
                        "the client does not remove the four tail bytes of compressed data");
            case INCOMPLETE_FRAME ->
                violation(rule, "rfc6455.framing.client-length", "the client ends TCP inside a frame");
            // The server of a client's cases does neither. These two are found where servers are judged.
            case MASKED_FRAME -> violation(rule, "rfc6455.framing.mask-key", "the server masks its frames");
            case EXTENSION_DEMAND ->
                violation(
                        rule,
                        "rfc6455.handshake.request",
                        "the server accepts an offer of compression without the parameters that it demands");
        };
    }

    private static Cause violation(Rule rule, String clause, String what) {
        return new Cause(new CheckKind.Violation(rule).word(), clause, what);
    }
}
