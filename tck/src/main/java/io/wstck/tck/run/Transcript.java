package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.wire.FrameHeader;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.judge.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells in lines of text what both witnesses saw, in order of time: client left, server right. Stateless. */
final class Transcript {
    /** As wide as the time of a line. */
    private static final String BELOW = " ".repeat(14);

    private static final Set<String> KITS_OWN = Set.of(JournalReading.FULL, Reach.REACHED);

    private Transcript() {}

    static List<String> of(EntryDetails journal, List<Check> checks) {
        List<TranscriptLine> lines = new ArrayList<>();
        List<TranscriptLine> last = new ArrayList<>();
        for (Check check : checks) {
            if (isLine(check)) {
                (check.witness() == Witness.SCRIPT ? lines : last)
                        .add(new TranscriptLine(check.nanos(), describe(check)));
            }
        }
        for (JsonNode entry : journal.entries()) {
            lines.addAll(TranscriptLine.of(entry, journal));
        }
        lines.sort(Comparator.comparingLong(TranscriptLine::nanos));
        List<String> transcript = new ArrayList<>();
        for (TranscriptLine line : lines) {
            transcript.add(milliseconds(line.nanos()) + " ms  " + line.text());
            line.below().forEach(text -> transcript.add(BELOW + text));
        }
        last.forEach(line -> transcript.add("     wire      " + line.text()));
        return transcript;
    }

    /** Whether a check is told as such: steps and violations are entries of the journal. */
    static boolean isLine(Check check) {
        return check.witness() != Witness.SERVER || (!check.met() && KITS_OWN.contains(check.name()));
    }

    /** With two digits behind the point, nine characters wide. A run has some ten thousand lines: a format string would cost more than the rest. */
    private static String milliseconds(long nanos) {
        long hundredths = Math.round(nanos / 1e4);
        String text = hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
        return " ".repeat(Math.max(0, 9 - text.length())) + text;
    }

    private static String describe(Check check) {
        String who = check.witness() == Witness.SCRIPT ? "script  " : "";
        Wording wording = Wording.of(check);
        String what = check.met()
                ? wording.what() + ": " + wording.actual()
                        + (check.measured().isPresent() ? ", expected " + wording.expected() : "")
                : wording.what() + " " + notMet(check.strength()) + ": expected " + wording.expected() + ", got "
                        + wording.actual();
        return who + what + (check.position().isEmpty() ? "" : "  (" + check.position() + ")");
    }

    private static String notMet(Strength strength) {
        return switch (strength) {
            case ANY_LEVEL, CASE -> "not met";
            case SHOULD -> "not met (should)";
        };
    }

    /** Whether a message is one frame as it is. */
    static boolean isPlain(JsonNode message) {
        return message.path("fragments").asInt() == 1
                && !message.path("compressed").asBoolean();
    }

    /** Which side an entry came from; absent for what came from neither alone. */
    static Optional<Moment.Side> from(JsonNode entry) {
        return switch (entry.path("type").asText()) {
            case "tcp-opened", "request", "unread", "close-notify", "client-ended" -> Optional.of(Moment.Side.CLIENT);
            case "response", "server-ended" -> Optional.of(Moment.Side.SERVER);
            case "frame", "message", "bytes" ->
                Optional.of(entry.path("direction").asText().equals("in") ? Moment.Side.CLIENT : Moment.Side.SERVER);
            default -> Optional.empty();
        };
    }

    /** An entry in words, without its connection and direction. */
    static String words(JsonNode entry) {
        return switch (entry.path("type").asText()) {
            case "tcp-opened" -> "TCP " + entry.path("server").asText();
            case "frame" -> frame(entry);
            case "message" ->
                "= " + entry.path("message_type").asText() + " message, "
                        + count(entry.path("length").asText(), "byte") + " in "
                        + count(entry.path("fragments").asText(), "frame") + compressed(entry);
            case "tls" -> "TLS " + tls(entry);
            case "bytes" -> count(entry.path("length").asText(), "raw byte") + " " + PayloadWords.of(entry);
            case "violation" ->
                "violation " + entry.path("rule").asText() + ": "
                        + entry.path("detail").asText() + " ("
                        + entry.path("source").asText() + ")";
            case "step" -> step(entry);
            case "close-notify" -> "TLS ended by the client (close_notify)";
            case "client-ended" ->
                "TCP ended by the client (" + ended(entry.path("how").asText()) + ")";
            case "unread" -> unread(entry);
            case "server-ended" ->
                "TCP ended by the server (" + entry.path("how").asText() + ")" + because(entry);
            case "script-ended" -> "script  ended";
            case "trouble" -> "trouble: " + entry.path("detail").asText();
            default -> entry.path("type").asText();
        };
    }

    private static String because(JsonNode serverEnded) {
        return switch (serverEnded.path("cause").asText()) {
            case "step-not-met" -> ", since a step was not met";
            case "other-step-not-met" -> ", since a step of another connection was not met";
            default -> "";
        };
    }

    private static String ended(String how) {
        return how.equals("ended") ? "fin or rst" : how;
    }

    private static String unread(JsonNode entry) {
        String bytes = count(entry.path("length").asText(), "byte") + " left unread: "
                + entry.path("detail").asText();
        return PayloadWords.of(entry).isEmpty() ? bytes : bytes + " " + PayloadWords.of(entry);
    }

    /** A number of things: {@code 1 byte}, {@code 2 bytes}. */
    static String count(String number, String noun) {
        return number + " " + noun + (number.equals("1") ? "" : "s");
    }

    private static String compressed(JsonNode entry) {
        if (!entry.path("compressed").asBoolean()) {
            return "";
        }
        String dependence =
                !entry.has("alone") ? "" : entry.get("alone").asBoolean() ? " on its own" : " with those before it";
        return ", compressed to " + entry.path("wire_length").asLong() + dependence;
    }

    private static String tls(JsonNode entry) {
        if (!entry.path("outcome").asText().equals("done")) {
            return "failed: " + entry.path("detail").asText();
        }
        String name = entry.path("server_name").isTextual()
                ? ", for " + entry.path("server_name").asText()
                : "";
        return entry.path("version").asText() + " " + entry.path("cipher").asText() + name;
    }

    private static String step(JsonNode entry) {
        String what = "step " + (entry.path("index").asInt() + 1) + " "
                + entry.path("op").asText();
        if (entry.path("outcome").asText().equals("met")) {
            return what;
        }
        Check check = JournalReading.check(entry);
        Wording wording = Wording.of(check);
        return what + " " + notMet(check.strength()) + ": expected " + wording.expected() + ", got " + wording.actual();
    }

    private static String frame(JsonNode entry) {
        StringBuilder text = new StringBuilder(opcode(entry.path("opcode").asInt()));
        text.append(entry.path("fin").asBoolean() ? "" : " not final");
        int rsv = entry.path("rsv").asInt();
        text.append((rsv & 4) == 0 ? "" : " RSV1")
                .append((rsv & 2) == 0 ? "" : " RSV2")
                .append((rsv & 1) == 0 ? "" : " RSV3");
        text.append(" ").append(count(entry.path("length").asText(), "byte"));
        int form = longerForm(entry);
        text.append(form == 0 ? "" : ", in the " + form + "-bit form,");
        text.append(
                entry.path("mask").isTextual() ? " mask=" + entry.path("mask").asText() : "");
        return text.append(' ').append(PayloadWords.of(entry)).toString();
    }

    /** The bits that carry the length of a frame, where fewer would do; 0 for the shortest form. */
    static int longerForm(JsonNode frame) {
        int form = frame.path("length_form").asInt();
        int shortest =
                FrameHeader.minimalForm(frame.path("length").bigIntegerValue().longValue());
        return form > shortest ? form : 0;
    }

    private static String opcode(int opcode) {
        return switch (opcode) {
            case 0 -> "CONTINUATION";
            case 1 -> "TEXT";
            case 2 -> "BINARY";
            case 8 -> "CLOSE";
            case 9 -> "PING";
            case 10 -> "PONG";
            default -> "opcode " + opcode;
        };
    }
}
