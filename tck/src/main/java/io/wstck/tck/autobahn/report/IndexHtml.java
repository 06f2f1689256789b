package io.wstck.tck.autobahn.report;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.spec.Plan;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All verdicts on one page that needs nothing else: cases down, agents across. Everything that clients sent is escaped. */
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
    private final Map<String, Map<CaseId, CaseRecord>> byAgent = new HashMap<>();

    private IndexHtml(Map<String, List<CaseRecord>> results) {
        results.forEach((agent, cases) -> {
            Map<CaseId, CaseRecord> byId = new HashMap<>();
            cases.forEach(one -> byId.put(one.id(), one));
            byAgent.put(agent, byId);
        });
    }

    static String of(Plan plan, Map<String, List<CaseRecord>> results, String kit) {
        IndexHtml html = new IndexHtml(results);
        html.write(plan, List.copyOf(results.keySet()), kit);
        return html.page.toString();
    }

    private void write(Plan plan, List<String> agents, String kit) {
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append("<title>WebSocket clients: Autobahn cases</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<h1>Autobahn cases</h1>\n<p>wstck ")
                .append(escaped(kit))
                .append(", ")
                .append(plan.cases().size())
                .append(" cases; the same as data: <a href=\"index.json\">index.json</a></p>\n")
                .append("<table>\n<thead><tr><th>case</th><th>what the server does</th>");
        agents.forEach(agent -> page.append("<th>").append(escaped(agent)).append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        Section section = Section.OTHER;
        for (AutobahnCase one : plan.cases()) {
            if (Section.of(one.id()) != section) {
                section = Section.of(one.id());
                page.append("<tr class=\"section\"><th colspan=\"")
                        .append(agents.size() + 2)
                        .append("\">")
                        .append(escaped(section.title()))
                        .append("</th></tr>\n");
            }
            row(one, agents);
        }
        page.append("</tbody>\n</table>\n</html>\n");
    }

    private void row(AutobahnCase one, List<String> agents) {
        page.append("<tr><td>")
                .append(one.id())
                .append("</td><td>")
                .append(escaped(one.description()))
                .append("</td>");
        for (String agent : agents) {
            CaseRecord found = byAgent.get(agent).get(one.id());
            if (found == null) {
                page.append("<td class=\"missing\">not played</td>");
            } else {
                cell(found);
            }
        }
        page.append("</tr>\n");
    }

    private void cell(CaseRecord one) {
        AutobahnResult result = one.result();
        Verdict verdict = AgentEvents.judgement(result).verdict();
        page.append("<td class=\"")
                .append(verdict.name().toLowerCase(Locale.ROOT))
                .append("\"><a href=\"")
                .append(escaped(one.reportFile()))
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
            detail(one);
        }
        page.append("</td>");
    }

    private void detail(CaseRecord one) {
        AutobahnResult result = one.result();
        page.append("<details><summary>why</summary><p>")
                .append(escaped(result.result()))
                .append("<br>closing: ")
                .append(escaped(result.resultClose()))
                .append("</p><p>required: ")
                .append(escaped(one.testCase().expectation()))
                .append("<br>expected: ")
                .append(escaped(String.join(" | ", result.expected())))
                .append("<br>received: ")
                .append(escaped(String.join(", ", result.received())))
                .append("</p></details>");
    }

    private static String escaped(String text) {
        return Printable.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
