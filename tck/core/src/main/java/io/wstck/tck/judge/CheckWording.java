package io.wstck.tck.judge;

import io.wstck.server.wire.Rule;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The noun and the expected and actual texts with which reports show a check. Names of check functions are known only
 * to authors of cases, so reports use other words. The check itself keeps its name and its texts, because signatures
 * and evidence contain them.
 *
 * @param what a noun for the requirement
 */
public record CheckWording(String what, String expected, String actual) {
    private static final Pattern RECEIVED = Pattern.compile("((?:text|binary) message .*), true", Pattern.DOTALL);

    /** The message that a script sends if a connection was opened that had to fail ({@code prelude/script.lua}). */
    private static final Pattern SENT_AFTER_CONNECT =
            Pattern.compile("an? (?:compressed )?text message \"on a connection that had to fail\"");

    private static final Pattern EXPECTED_AND_ACTUAL = Pattern.compile("expected (.*), got (.*)", Pattern.DOTALL);
    private static final Pattern NO_UTF8 = Pattern.compile("\\bis no (?:valid )?UTF-8\\b");

    /** Returns the texts for a check. */
    public static CheckWording of(Check check) {
        return switch (check.witness()) {
            case SCRIPT -> script(check);
            case WIRE -> wire(check);
            case SERVER -> server(check);
        };
    }

    /** Returns whether the check has only a generic name. Its expected text then says what it is about. */
    static boolean hasGenericName(Check check) {
        return check.kind() == NamedCheck.OK || check.kind() == NamedCheck.EQUAL;
    }

    private static String what(Check check) {
        return check.kind() instanceof NamedCheck named ? named.noun() : check.name();
    }

    private static CheckWording script(Check check) {
        return switch (check.kind()) {
            case NamedCheck.CLOSED ->
                new CheckWording(
                        what(check), "the connection closed, and no message (nil, false)", withoutTrue(check.actual()));
            case NamedCheck.MESSAGE, NamedCheck.ALIVE ->
                new CheckWording(what(check), withoutTrue(check.expected()), withoutTrue(check.actual()));
            default -> new CheckWording(what(check), check.expected(), check.actual());
        };
    }

    /** Removes the second result of receive, {@code true}, which is obvious with a message. */
    private static String withoutTrue(String received) {
        Matcher matcher = RECEIVED.matcher(received);
        return matcher.matches() ? matcher.group(1) : received;
    }

    private static CheckWording wire(Check check) {
        boolean byItself = check.kind() == NamedCheck.ENDED_CLEANLY || check.kind() == NamedCheck.REQUEST;
        return new CheckWording(
                what(check), check.expected(), check.met() && byItself ? check.expected() : check.actual());
    }

    private static CheckWording server(Check check) {
        return check.kind() instanceof CheckKind.Violation(Rule rule)
                ? violation(check, rule)
                : new CheckWording(check.name(), check.expected(), arrived(check.actual()));
    }

    private static CheckWording violation(Check check, Rule rule) {
        String source = " (" + rule.source() + ")";
        Matcher detail = EXPECTED_AND_ACTUAL.matcher(check.actual());
        if (detail.matches()) {
            return new CheckWording(check.name(), detail.group(1) + source, detail.group(2));
        }
        return new CheckWording(
                check.name(),
                demand(rule) + source,
                NO_UTF8.matcher(check.actual()).replaceAll("is not valid UTF-8"));
    }

    private static String arrived(String actual) {
        return SENT_AFTER_CONNECT.matcher(actual).matches()
                ? "connect succeeded, and a message of the script arrived at the server: " + actual
                : actual;
    }

    private static String demand(Rule rule) {
        return switch (rule) {
            case HANDSHAKE_REQUEST -> "a valid handshake request";
            case UNMASKED_FRAME -> "masked frames";
            case RESERVED_BITS -> "no reserved bit that was not negotiated for this frame";
            case RESERVED_OPCODE -> "no frame with a reserved opcode";
            case LENGTH_NOT_MINIMAL -> "lengths in the shortest form";
            case LENGTH_TOO_LARGE -> "64-bit lengths without the top bit";
            case CONTROL_TOO_LONG -> "control frames of at most 125 bytes";
            case CONTROL_FRAGMENTED -> "control frames with FIN";
            case ORPHAN_CONTINUATION -> "continuation frames only inside a message";
            case NESTED_MESSAGE -> "no new message inside a fragmented one";
            case TEXT_NOT_UTF8 -> "text that is valid UTF-8";
            case CLOSE_PAYLOAD -> "close frames that are empty, or have a code and a reason in valid UTF-8";
            case CLOSE_CODE -> "close frames with a code that may be sent";
            case FRAME_AFTER_CLOSE -> "no data frame after the close frame";
            case EXTENSION_OFFER -> "a valid offer of extensions";
            case DEFLATE_DATA -> "compressed messages that inflate";
            case DEFLATE_WINDOW -> "references inside the window and the context that were negotiated";
            case DEFLATE_TAIL -> "compressed messages without the four bytes at their end";
            case INCOMPLETE_FRAME -> "whole frames until TCP ends";
            case MASKED_FRAME -> "frames of a server without a mask";
            case EXTENSION_DEMAND -> "the parameters in the answer that the accepted offer demands";
        };
    }
}
