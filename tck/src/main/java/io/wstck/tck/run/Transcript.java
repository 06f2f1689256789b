package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Witness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells in lines of text what both witnesses saw, in order of time: client left, server right. Stateless. */
final class Transcript {
    private static final int SHOWN = 80;
    private static final Set<String> KITS_OWN = Set.of(JournalReading.FULL, Reach.REACHED);

    private Transcript() {}

    private record Line(long nanos, String text) {}

    static List<String> of(JournalReading journal, List<Check> checks) {
        List<Line> lines = new ArrayList<>();
        List<Line> last = new ArrayList<>();
        for (Check check : checks) {
            if (isLine(check)) {
                (check.witness() == Witness.SCRIPT ? lines : last).add(new Line(check.nanos(), describe(check)));
            }
        }
        for (JsonNode entry : journal.all()) {
            lines.add(new Line(entry.path("nanos").asLong(), describe(entry)));
        }
        lines.sort(Comparator.comparingLong(Line::nanos));
        List<String> transcript = new ArrayList<>();
        lines.forEach(line -> transcript.add(milliseconds(line.nanos()) + " ms  " + line.text()));
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
        String what = check.met()
                ? check.name() + " " + check.actual()
                        + (check.measured().isPresent() ? ", expected " + check.expected() : "")
                : check.name() + " NOT MET: expected " + check.expected() + ", got " + check.actual();
        return who + what + (check.position().isEmpty() ? "" : "  (" + check.position() + ")");
    }

    private static String describe(JsonNode entry) {
        String connection =
                entry.has("connection") ? "#" + entry.get("connection").asInt() + " " : "";
        return connection + mark(entry) + words(entry);
    }

    private static String mark(JsonNode entry) {
        return switch (entry.path("type").asText()) {
            case "violation", "trouble" -> "✗  ";
            case "step" -> entry.path("outcome").asText().equals("met") ? "✓  " : "✗  ";
            case "tls" -> "   ";
            default ->
                from(entry)
                        .map(side -> side == Moment.Side.CLIENT ? "→  " : "←  ")
                        .orElse("");
        };
    }

    /** Which side an entry came from; absent for what came from neither alone. */
    static Optional<Moment.Side> from(JsonNode entry) {
        return switch (entry.path("type").asText()) {
            case "tcp-opened", "request", "unread", "client-ended" -> Optional.of(Moment.Side.CLIENT);
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
            case "request" -> entry.path("line").asText();
            case "response" -> "HTTP " + entry.path("status").asInt();
            case "frame" -> frame(entry);
            case "message" ->
                "= " + entry.path("message_type").asText() + " message, "
                        + entry.path("length").asLong() + " bytes in "
                        + entry.path("fragments").asInt() + " frames" + compressed(entry);
            case "tls" -> "TLS " + tls(entry);
            case "bytes" -> entry.path("length").asLong() + " raw bytes " + payload(entry);
            case "violation" ->
                "violation " + entry.path("rule").asText() + ": "
                        + entry.path("detail").asText() + " ("
                        + entry.path("source").asText() + ")";
            case "step" -> step(entry);
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
        String bytes = entry.path("length").asLong() + " bytes left unread: "
                + entry.path("detail").asText();
        return payload(entry).isEmpty() ? bytes : bytes + " " + payload(entry);
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
        return entry.path("outcome").asText().equals("met")
                ? what
                : what + " " + entry.path("outcome").asText() + ": expected "
                        + entry.path("expected").asText() + ", got "
                        + entry.path("actual").asText();
    }

    private static String frame(JsonNode entry) {
        StringBuilder text = new StringBuilder(opcode(entry.path("opcode").asInt()));
        text.append(entry.path("fin").asBoolean() ? "" : " not final");
        int rsv = entry.path("rsv").asInt();
        text.append(rsv == 0 ? "" : " rsv=" + rsv);
        text.append(" ").append(entry.path("length").asText()).append(" bytes");
        text.append(
                entry.path("mask").isTextual() ? " mask=" + entry.path("mask").asText() : "");
        return text.append(' ').append(payload(entry)).toString();
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

    /** The payload of a frame, or its beginning. */
    static String payload(JsonNode entry) {
        if (entry.path("opcode").asInt() == 8 && entry.path("length").asLong() >= 2) {
            return JournalReading.bytes(entry)
                    .or(() -> JournalReading.text(entry))
                    .map(Transcript::close)
                    .orElse("");
        }
        if (entry.has("text")) {
            return quoted(entry.get("text").asText());
        }
        if (entry.has("data")) {
            return JournalReading.bytes(entry).map(Transcript::hex).orElse("");
        }
        return entry.has("sha256") ? "sha256=" + entry.get("sha256").asText() : "";
    }

    private static String close(byte[] payload) {
        int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        return code + " " + quoted(reason);
    }

    private static String quoted(String text) {
        return "\"" + Excerpt.withEllipsis(text, SHOWN) + "\"";
    }

    private static String hex(byte[] bytes) {
        String shown = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, SHOWN / 3));
        return (shown.isEmpty() ? "hex" : "hex " + shown) + (bytes.length > SHOWN / 3 ? " …" : "");
    }
}
