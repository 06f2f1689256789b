package io.wstck.tck.autobahn.report;

import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.PeerEnd;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.CaseGroup;
import io.wstck.tck.autobahn.exchange.ExchangeEnd;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.exchange.RoleText;
import io.wstck.tck.autobahn.exchange.TrafficTotals;
import io.wstck.tck.autobahn.exchange.WireLogEntry;
import io.wstck.tck.judge.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the report of one case as a single HTML page. All text from the agent is escaped. */
final class CaseHtml {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String STYLE = """
            body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff }
            table { border-collapse: collapse } th, td { border: 1px solid #ccc; padding: .2rem .5rem; text-align: left; vertical-align: top }
            td { overflow-wrap: anywhere } pre { background: #f6f6f6; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere }
            .passed { background: #dfd } .warned { background: #ffc } .observed, .skipped { background: #def } .failed { background: #fcc }
            """;

    private final PlayedCase played;
    private final StringBuilder page = new StringBuilder();

    private CaseHtml(PlayedCase played) {
        this.played = played;
    }

    /**
     * The page of a case.
     *
     * @param kit the version of the kit
     * @param json the file name of the same report as JSON
     */
    static String of(PlayedCase played, String kit, String json) {
        CaseHtml html = new CaseHtml(played);
        html.write(kit, json);
        return html.page.toString();
    }

    private void write(String kit, String json) {
        AutobahnCase testCase = played.testCase();
        String title = played.agent() + ": case " + testCase.id();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>")
                .append(HtmlEscaper.line(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<h1>")
                .append(HtmlEscaper.line(title))
                .append("</h1>\n<p>wstck ")
                .append(HtmlEscaper.line(kit))
                .append(", <a href=\"index.html\">all cases</a>; the same as data: <a href=\"")
                .append(HtmlEscaper.line(json))
                .append("\">")
                .append(HtmlEscaper.line(json))
                .append("</a></p>\n");
        verdicts();
        closing();
        section("Opening handshake");
        block(played.request());
        block(played.response());
        traffic();
        wire();
        page.append("</html>\n");
    }

    private void verdicts() {
        AutobahnResult result = played.result();
        Verdict verdict = AgentEvents.judgement(result).verdict();
        page.append("<table>\n");
        row(text("what the {kit} does"), played.testCase().description());
        row("what is required", played.testCase().expectation());
        row("source", CaseGroup.of(played.testCase().id()).sources());
        page.append("<tr><th>behavior</th><td class=\"")
                .append(verdict.word().toLowerCase(Locale.ROOT))
                .append("\">")
                .append(HtmlEscaper.line(
                        result.behavior().label() + ": " + result.result() + " " + result.difference()))
                .append("</td></tr>\n");
        row("closing", result.behaviorClose().label() + ": " + result.resultClose());
        row("expected", String.join(" | ", result.expected()));
        row("received", result.received().isEmpty() ? "nothing" : String.join(", ", result.received()));
        row("duration", result.duration().toMillis() + " ms");
        row("started", played.exchange().started().toString());
        page.append("</table>\n");
    }

    private void closing() {
        section("Closing");
        ExchangeEnd ending = played.exchange().ending();
        page.append("<table>\n");
        row("expected", played.result().expectedClose());
        row(
                "first",
                switch (ending.initiator()) {
                    case KIT -> text("the {kit}'s close frame");
                    case PEER_CLOSE -> text("the {peer}'s close frame");
                    case PEER_DROP ->
                        played.exchange().unopened().isPresent()
                                ? "none: the connection was never open"
                                : text("the {peer}'s end of TCP, without a close frame");
                });
        row(text("the {kit}'s close frame"), close(ending.sent()));
        row(text("the {peer}'s close frame"), close(ending.received()));
        row(text("the {peer}'s end of TCP"), ending.tcp().map(PeerEnd::word).orElse("none in time"));
        List<String> violations = played.exchange().violations().stream()
                .map(violation -> violation.rule().word() + ": " + violation.detail())
                .toList();
        row(text("violations by the {peer}"), violations.isEmpty() ? "none" : String.join("; ", violations));
        page.append("</table>\n");
    }

    private static String close(Optional<CloseStatus> status) {
        if (status.isEmpty()) {
            return "none";
        }
        CloseStatus close = status.get();
        String code = close.code().isPresent() ? String.valueOf(close.code().getAsInt()) : "no code";
        return close.reason()
                .filter(text -> !text.isEmpty())
                .map(text -> code + " \"" + text + '"')
                .orElse(code);
    }

    private void traffic() {
        section("Traffic");
        ExchangeRecord exchange = played.exchange();
        page.append("<table>\n<tr><th></th><th>from the ").append(text("{peer}</th><th>from the {kit}</th></tr>\n"));
        row("bytes", exchange.received().octets(), exchange.sent().octets());
        row("messages", exchange.received().messages(), exchange.sent().messages());
        row("bytes of messages", exchange.received().content(), exchange.sent().content());
        row("frames by opcode", frames(exchange.received()), frames(exchange.sent()));
        if (Section.of(played.testCase().id()).isCompressed()) {
            row("compressed to", ratio(exchange.received()), ratio(exchange.sent()));
        }
        page.append("</table>\n");
    }

    private static String frames(TrafficTotals traffic) {
        return traffic.frames().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String ratio(TrafficTotals traffic) {
        return traffic.content() == 0
                ? "no message"
                : String.format(
                        Locale.ROOT, "%.3f of the messages' size", (double) traffic.payload() / traffic.content());
    }

    private void wire() {
        section("Wire log");
        StringBuilder log = new StringBuilder();
        for (WireLogEntry line : played.exchange().wire()) {
            String sender = line.side().role(played.exchange().peer()).word();
            log.append(String.format(
                    Locale.ROOT, "%10.2f ms  %s  %s%n", line.at().toNanos() / NANOS_PER_MILLI, sender, line.text()));
        }
        block(log.toString());
    }

    /** The text with the words for the judged side. */
    private String text(String template) {
        return RoleText.of(played.exchange().peer(), template);
    }

    private void section(String title) {
        page.append("<h2>").append(title).append("</h2>\n");
    }

    private void block(String text) {
        page.append("<pre>").append(HtmlEscaper.lines(text)).append("</pre>\n");
    }

    private void row(String name, String value) {
        page.append("<tr><th>")
                .append(name)
                .append("</th><td>")
                .append(HtmlEscaper.line(value))
                .append("</td></tr>\n");
    }

    private void row(String name, Object client, Object server) {
        page.append("<tr><th>")
                .append(name)
                .append("</th><td>")
                .append(HtmlEscaper.line(client.toString()))
                .append("</td><td>")
                .append(HtmlEscaper.line(server.toString()))
                .append("</td></tr>\n");
    }
}
