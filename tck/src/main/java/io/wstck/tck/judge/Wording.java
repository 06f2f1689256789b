package io.wstck.tck.judge;

import io.wstck.server.wire.Rule;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check in the words of reports: the functions of a script and of the wire have names that only an author of cases knows. A check itself
 * keeps its name and its texts, since signatures and evidence are made of them.
 *
 * @param what was checked, a noun
 */
public record Wording(String what, String expected, String actual) {
    /** The names of checks that reports replace. Any other name is shown as it is. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("accept", "outcome"),
            Map.entry("alive", "echo"),
            Map.entry("alone", "compression without earlier messages"),
            Map.entry("attempt", "result of a call"),
            Map.entry("client_closed", "close frame of the client"),
            Map.entry("closed", "channel closed"),
            Map.entry("compressed", "compression"),
            Map.entry("ended_cleanly", "closing handshake"),
            Map.entry("equal", "value"),
            Map.entry("fails", "error of a call"),
            Map.entry("fails_connection", "result of connect"),
            Map.entry("message", "message received"),
            Map.entry("no_frames", "frames of the client"),
            Map.entry("offer", "offered extensions"),
            Map.entry("ok", "condition"),
            Map.entry("pings", "pings of the client"),
            Map.entry("pongs", "pongs of the client"),
            Map.entry("received", "messages of the client"),
            Map.entry("returns", "results of a call"),
            Map.entry("takes", "time"),
            Map.entry("took", "time"));

    private static final Pattern RECEIVED = Pattern.compile("((?:text|binary) message .*), true", Pattern.DOTALL);

    /** What a script sends when a connection was made that had to fail ({@code prelude/script.lua}). */
    private static final Pattern SENT_IN_SPITE =
            Pattern.compile("an? (?:compressed )?text message \"on a connection that had to fail\"");

    private static final Pattern EXPECTED_GOT = Pattern.compile("expected (.*), got (.*)", Pattern.DOTALL);
    private static final Pattern NO_UTF8 = Pattern.compile("\\bis no (?:valid )?UTF-8\\b");

    /** The words for a check. */
    public static Wording of(Check check) {
        return switch (check.witness()) {
            case SCRIPT -> script(check);
            case WIRE -> wire(check);
            case SERVER -> server(check);
        };
    }

    /** Whether the name of the check says nothing: what was expected says what it is about. */
    static boolean isNameless(Check check) {
        return check.name().equals("ok") || check.name().equals("equal");
    }

    private static String what(Check check) {
        return NAMES.getOrDefault(check.name(), check.name());
    }

    private static Wording script(Check check) {
        return switch (check.name()) {
            case "closed" ->
                new Wording(
                        what(check), "the connection closed, and no message (nil, false)", withoutTrue(check.actual()));
            case "message", "alive" ->
                new Wording(what(check), withoutTrue(check.expected()), withoutTrue(check.actual()));
            default -> new Wording(what(check), check.expected(), check.actual());
        };
    }

    /** A message without the second result of the call, which goes without saying. */
    private static String withoutTrue(String received) {
        Matcher matcher = RECEIVED.matcher(received);
        return matcher.matches() ? matcher.group(1) : received;
    }

    private static Wording wire(Check check) {
        boolean byItself = check.name().equals("ended_cleanly") || check.name().equals("request");
        return new Wording(what(check), check.expected(), check.met() && byItself ? check.expected() : check.actual());
    }

    private static Wording server(Check check) {
        if (!check.name().startsWith(JournalReading.VIOLATION)) {
            return new Wording(check.name(), check.expected(), arrived(check.actual()));
        }
        String id = check.name().substring(JournalReading.VIOLATION.length());
        Optional<Rule> rule = Arrays.stream(Rule.values())
                .filter(each -> each.id().equals(id))
                .findFirst();
        String source = rule.map(known -> " (" + known.source() + ")").orElse("");
        Matcher detail = EXPECTED_GOT.matcher(check.actual());
        if (detail.matches()) {
            return new Wording(check.name(), detail.group(1) + source, detail.group(2));
        }
        return new Wording(
                check.name(),
                rule.map(Wording::demand).map(text -> text + source).orElse(check.expected()),
                NO_UTF8.matcher(check.actual()).replaceAll("is not valid UTF-8"));
    }

    private static String arrived(String actual) {
        return SENT_IN_SPITE.matcher(actual).matches()
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
        };
    }
}
