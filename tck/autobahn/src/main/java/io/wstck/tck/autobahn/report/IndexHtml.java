package io.wstck.tck.autobahn.report;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.judge.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes all verdicts as a single HTML page, with a row for each case and a column for each agent. All text from
 * the agents is escaped.
 */
final class IndexHtml {
    private static final String STYLE = """
            body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff }
            table { border-collapse: collapse } th, td { border: 1px solid #ccc; padding: .2rem .5rem; text-align: left; vertical-align: top }
            thead th { position: sticky; top: 0; background: #eee } tr.section th { background: #f6f6f6 }
            td small { display: block; color: #555 } details { max-width: 40rem; overflow-wrap: anywhere }
            .passed { background: #dfd } .warned { background: #ffc } .observed, .skipped { background: #def } .failed { background: #fcc }
            .missing { color: #888 }
            """;

    private final StringBuilder page = new StringBuilder();
    private final Map<String, Map<CaseId, CaseSummary>> byAgent = new HashMap<>();

    private IndexHtml(Map<String, List<CaseSummary>> results) {
        results.forEach((agent, cases) -> {
            Map<CaseId, CaseSummary> byId = new HashMap<>();
            cases.forEach(summary -> byId.put(summary.id(), summary));
            byAgent.put(agent, byId);
        });
    }

    static String of(AutobahnPlan plan, Map<String, List<CaseSummary>> results, String kit, EndpointRole peer) {
        IndexHtml html = new IndexHtml(results);
        html.write(plan, List.copyOf(results.keySet()), kit, peer);
        return html.page.toString();
    }

    private void write(AutobahnPlan plan, List<String> agents, String kit, EndpointRole peer) {
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append("<title>WebSocket ")
                .append(peer.word())
                .append("s: Autobahn cases</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<h1>Autobahn cases</h1>\n<p>wstck ")
                .append(HtmlEscaper.line(kit))
                .append(", ")
                .append(plan.cases().size())
                .append(" cases; the same as data: <a href=\"index.json\">index.json</a></p>\n")
                .append("<table>\n<thead><tr><th>case</th><th>what the ")
                .append(peer.other().word())
                .append(" does</th>");
        agents.forEach(
                agent -> page.append("<th>").append(HtmlEscaper.line(agent)).append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        Section section = Section.OTHER;
        for (AutobahnCase testCase : plan.cases()) {
            if (Section.of(testCase.id()) != section) {
                section = Section.of(testCase.id());
                page.append("<tr class=\"section\"><th colspan=\"")
                        .append(agents.size() + 2)
                        .append("\">")
                        .append(HtmlEscaper.line(section.title()))
                        .append("</th></tr>\n");
            }
            row(testCase, agents);
        }
        page.append("</tbody>\n</table>\n</html>\n");
    }

    private void row(AutobahnCase testCase, List<String> agents) {
        page.append("<tr><td>")
                .append(testCase.id())
                .append("</td><td>")
                .append(HtmlEscaper.line(testCase.description()))
                .append("</td>");
        for (String agent : agents) {
            CaseSummary summary = byAgent.get(agent).get(testCase.id());
            if (summary == null) {
                page.append("<td class=\"missing\">not played</td>");
            } else {
                cell(summary);
            }
        }
        page.append("</tr>\n");
    }

    private void cell(CaseSummary summary) {
        AutobahnResult result = summary.result();
        Verdict verdict = AgentEvents.judgement(result).verdict();
        page.append("<td class=\"")
                .append(verdict.phrase())
                .append("\"><a href=\"")
                .append(HtmlEscaper.line(summary.pageFile()))
                .append("\">")
                .append(result.behavior().label())
                .append("</a> · closing ")
                .append(result.behaviorClose().label())
                .append("<small>")
                .append(result.duration().toMillis())
                .append(" ms")
                .append(
                        result.remoteCloseCode().isPresent()
                                ? " · close " + result.remoteCloseCode().getAsInt()
                                : "")
                .append("</small>");
        if (verdict == Verdict.FAILED || verdict == Verdict.WARNED) {
            detail(summary);
        }
        page.append("</td>");
    }

    private void detail(CaseSummary summary) {
        AutobahnResult result = summary.result();
        page.append("<details><summary>why</summary><p>")
                .append(HtmlEscaper.line(result.result() + " " + result.difference()))
                .append("<br>closing: ")
                .append(HtmlEscaper.line(result.resultClose()))
                .append("</p><p>required: ")
                .append(HtmlEscaper.line(summary.testCase().expectation()))
                .append("<br>expected: ")
                .append(HtmlEscaper.line(String.join(" | ", result.expected())))
                .append("<br>received: ")
                .append(HtmlEscaper.line(String.join(", ", result.received())))
                .append("</p></details>");
    }
}
