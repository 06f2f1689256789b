package io.wstck.tck.judge;

import io.wstck.server.wire.Rule;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Causes that show in cases of many clauses: a client that masks no frame has one defect, and not one for each clause. A check tells of such
 * a cause whatever its case is about. Stateless.
 */
final class SharedCauses {
    /** The check that fails when a script ends with an error. */
    private static final String RAISED = "error";

    private static final String EXPECT_FAILED = ", expect-failed";

    /** What the server got when the script has ended and the client has not ended the connection. */
    private static final String LEFT_OPEN = "nothing, and the script has ended";

    private static final Cause FAILING_CLOSE_FRAME = new Cause(
            "failing close frame",
            "rfc6455.close.failing",
            "the client fails a connection without the close frame that RFC 6455 §7.1.7 asks for, or with another code");

    private static final Cause CONNECTION_LEFT_OPEN = new Cause(
            "connection left open",
            "connect.verifies-response",
            "the client reports that a connection failed, and leaves TCP open (RFC 6455 §7.1.7)");

    private static final Cause CONNECT = new Cause("connect", "connect.returns", "a connection cannot be opened");

    private static final Cause ALIVE =
            new Cause("alive", "receive.message", "the echo of a first message does not come back");

    private static final Cause PROGRAM_DIED =
            new Cause("program died", "connect.returns", "the program that the client lives in dies");

    private static final Cause LET_GO = new Cause(
            "client let go", "close.unanswered", "the client does not let go of its connections when a case ends");

    private static final Cause MADE = new Cause("client made", "connect.returns", "the client cannot be made");

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

    /** Checks of the script that come before or after what a case is about, by name. */
    private static final Map<String, Cause> PRECONDITIONS = Map.of(
            "connect",
            CONNECT,
            "control connection",
            CONNECT,
            "alive",
            ALIVE,
            "client let go",
            LET_GO,
            "client made",
            MADE);

    private SharedCauses() {}

    /** Empty where the cause is a breach of the clause that the case tests. */
    static Optional<Cause> of(Check check) {
        return switch (check.witness()) {
            case SCRIPT -> script(check);
            case SERVER -> server(check);
            case WIRE -> wire(check);
        };
    }

    private static Optional<Cause> wire(Check check) {
        return switch (check.name()) {
            case "compressed" -> compression(check);
            default -> isFailingCloseFrame(check) ? Optional.of(FAILING_CLOSE_FRAME) : Optional.empty();
        };
    }

    /** A check of which messages are compressed has a cause of its own, in every case. */
    private static Optional<Cause> compression(Check check) {
        if (check.actual().contains("; ")) {
            // Some of either kind: no threshold explains that.
            return Optional.empty();
        }
        if (check.expected().endsWith(" compressed") && check.actual().endsWith(" plain")) {
            return Optional.of(LEFT_PLAIN);
        }
        // Where no message at all is to be compressed, compression was not negotiated.
        boolean some = check.expected().startsWith("message");
        return some && check.expected().endsWith(" plain") && check.actual().endsWith(" compressed")
                ? Optional.of(COMPRESSED_BELOW_THRESHOLD)
                : Optional.empty();
    }

    private static Optional<Cause> script(Check check) {
        return switch (check.name()) {
            case RAISED -> Optional.of(raised(Signature.steady(check.actual())));
            case "fails" -> otherError(check.actual());
            case "closed" -> check.actual().startsWith("nil, ") ? Optional.of(CLOSED_CHANNEL) : Optional.empty();
            default -> Optional.ofNullable(PRECONDITIONS.get(check.name()));
        };
    }

    /** By its first words: what follows a colon tells of one connection. */
    private static Cause raised(String error) {
        String what = error.split(": ", 2)[0];
        return new Cause("raised " + what, CONNECT.clause(), "a call raises an error: " + what);
    }

    /** An error of the wrong kind is one defect, whichever call fails with it. */
    private static Optional<Cause> otherError(String actual) {
        if (actual.endsWith("(another kind)")) {
            return Optional.of(ERROR_KIND);
        }
        return actual.contains("(retryable is ") ? Optional.of(ERROR_RETRYABLE) : Optional.empty();
    }

    /** Whether the script makes the check before or after what its case is about, or only records a call. */
    static boolean isPrecondition(Check check) {
        return check.witness() == Witness.SCRIPT
                && (PRECONDITIONS.containsKey(check.name()) || check.name().equals("call"));
    }

    static Cause died() {
        return PROGRAM_DIED;
    }

    /** A close frame that answers one of the server fails no connection. */
    private static boolean isFailingCloseFrame(Check check) {
        return check.strength() == Strength.SHOULD
                && check.expected().startsWith("a close frame with ")
                && !check.expected().endsWith("as the answer");
    }

    private static Optional<Cause> server(Check check) {
        if (check.name().startsWith(JournalReading.VIOLATION)) {
            String id = check.name().substring(JournalReading.VIOLATION.length());
            return Arrays.stream(Rule.values())
                    .filter(rule -> rule.id().equals(id))
                    .findFirst()
                    .map(SharedCauses::violation);
        }
        if (!check.name().endsWith(EXPECT_FAILED)) {
            return Optional.empty();
        }
        if (check.strength() == Strength.SHOULD) {
            return Optional.of(FAILING_CLOSE_FRAME);
        }
        return check.actual().startsWith(LEFT_OPEN) ? Optional.of(CONNECTION_LEFT_OPEN) : Optional.empty();
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
        };
    }

    private static Cause violation(Rule rule, String clause, String what) {
        return new Cause(JournalReading.VIOLATION + rule.id(), clause, what);
    }
}
