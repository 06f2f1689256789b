package io.wstck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Tests the Markdown report and the badge. */
class MarkdownReportTest {
    private static final String HOSTILE =
            "</pre><script>x</script> | `a` [b](javascript:c) @someone #1 http://d.e \u202e \u0007";

    private static final String COMMAND = "./wstck run --agent 'a <b>'";

    @TempDir
    private Path folder;

    @Test
    void theConclusionIsTheFirstLineAndFailuresHaveAllDetails() throws Exception {
        String page = markdown(
                Conclusion.NOT_CONFORMANT,
                SampleRuns.result("close.default-code", SampleRuns.FAILED, "→ GET / HTTP/1.1"),
                SampleRuns.result("b", SampleRuns.PASSED),
                SampleRuns.result("c", Judgement.of(Verdict.SKIPPED, "needs policy")),
                SampleRuns.result("d", Judgement.of(Verdict.SKIPPED, "needs policy")));

        assertThat(page)
                .startsWith("## ❌ wstck: not conformant\n")
                .contains("| passed | 1 |\n", "| failed | 1 |\n", "| skipped | 2 |\n")
                .contains("### Failed: 1\n")
                .contains("<details><summary><code>close.default-code</code> ")
                .contains("""
                        Requirement  close(): 1000 on the wire, true, nil  [documentation, Closing]
                        Reason       the wire does not show what the clause demands
                        Expected     a close frame with code 1000
                        Actual       a close frame with code 1001 &quot;bye&quot;
                        at           api/closing.lua:12
                        rerun        ./wstck run --agent 'a &lt;b&gt;' --only close.default-code
                        transcript
                           → GET / HTTP/1.1
                        </pre>
                        </details>
                        """)
                .contains("| 2 | needs policy |\n");
    }

    @Test
    void theCausesStandBeforeTheCountsEachWithACommand() throws Exception {
        String page = markdown(
                Conclusion.NOT_CONFORMANT,
                SampleRuns.result("a.first", SampleRuns.FAILED),
                SampleRuns.result("a.second", SampleRuns.FAILED));

        assertThat(page)
                .contains(
                        "### Causes: 1\n\n| verdict | cases | cause | example |\n|---|--:|---|---|\n| FAILED | 2 cases | close.default: close(): 1000"
                                + " on the wire, true, nil | expected a close frame with code 1000, got a close"
                                + " frame with code 1001 \"bye\"<br>./wstck run --agent 'a &#60;b&#62;' --only a.first |\n");
        assertThat(page.indexOf("### Causes")).isLessThan(page.indexOf("| failed | 2 |"));
    }

    @Test
    void foreignTextIsNeitherMarkupNorALinkNorAMention() throws Exception {
        String page = markdown(
                Conclusion.NOT_CONFORMANT,
                SampleRuns.result(HOSTILE, new Judgement(Verdict.FAILED, HOSTILE, HOSTILE, HOSTILE), HOSTILE),
                SampleRuns.result("k", Judgement.of(Verdict.KNOWN, HOSTILE)));

        assertThat(page)
                .doesNotContain("<script", "\u202e", "\u0007")
                .contains("&lt;/pre&gt;&lt;script&gt;")
                .contains(
                        "| 1 | &#60;/pre&#62;&#60;script&#62;x&#60;/script&#62; &#124; &#96;a&#96; &#91;b&#93;(javascript&#58;c)"
                                + " &#64;someone &#35;1 http&#58;//d.e &#92;u&#123;202e&#125;");
        assertThat(page.split("</pre>", -1)).hasSize(2);
    }

    @Test
    void anAddressInTextIsNoLink() {
        assertThat(MarkdownText.inline("see www.a.b, WWW.c or http://d.e: v1.2"))
                .isEqualTo("see www&#46;a.b, WWW&#46;c or http&#58;//d.e: v1.2");
    }

    @Test
    void aPageThatWouldBeTooLargeIsCutAndSaysSo() throws Exception {
        List<String> transcript = Collections.nCopies(160, "x".repeat(500));
        CaseResult[] results = IntStream.range(0, 2000)
                .mapToObj(number ->
                        SampleRuns.result("case-" + number + "-" + "y".repeat(40), SampleRuns.FAILED, 1, transcript))
                .toArray(CaseResult[]::new);

        String page = markdown(Conclusion.NOT_CONFORMANT, results);

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(400 << 10, MarkdownReport.MAX_BYTES);
        assertThat(page)
                .containsAnyOf("Without their transcripts, since this page is full: ", "cases are left out here")
                .contains("… 40 lines left out here; all are in the events file …", "… (200 more)");
    }

    @Test
    void aRunWithoutAFooterIsSaidToBeTruncated() throws Exception {
        Path events = folder.resolve("events.ndjson");
        try (EventsWriter writer = EventsWriter.create(events, "clauses abc", InstantSource.fixed(Instant.EPOCH))) {
            writer.started(SampleRuns.info(2, 1));
            writer.finished(SampleRuns.result("a", SampleRuns.PASSED));
        }
        RecordedRun run = EventsReader.read(events);

        assertThat(new MarkdownReport(run).text())
                .startsWith("## ⚠️ wstck: truncated\n")
                .contains("> **The events are truncated after 1 of 2 cases: the run was killed, or lines are lost.**");
        assertThat(badge(run)).isEqualTo("wstck: wstck-client 1.2.3: truncated in profile api");
    }

    @Test
    void theBadgeIsAPictureWithATitle() throws Exception {
        assertThat(badge(recorded(Conclusion.CONFORMANT, SampleRuns.result("a", SampleRuns.PASSED))))
                .isEqualTo("wstck: wstck-client 1.2.3: conformant in profile api"
                        + " (documented API: conformant; protocol: no case selected)");
        assertThat(badge(recorded(
                        Conclusion.KNOWN_DEVIATIONS,
                        SampleRuns.result("a", Judgement.of(Verdict.KNOWN, "known: it is")))))
                .isEqualTo("wstck: wstck-client 1.2.3: conformant but for 1 known deviation in profile api"
                        + " (documented API: conformant but for 1 known deviation; protocol: no case selected)");
    }

    /** The title of the badge, after checks that it is XML and refers to nothing outside. */
    private static String badge(RecordedRun run) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Renderer.BADGE.render(List.of(run), out);
        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()))
                .getDocumentElement();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("href", "<image", "<script");
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getAttribute("aria-label"))
                .isEqualTo(svg.getElementsByTagName("title").item(0).getTextContent());
        return svg.getAttribute("aria-label");
    }

    private String markdown(Conclusion conclusion, CaseResult... results) throws Exception {
        return new MarkdownReport(recorded(conclusion, results)).text();
    }

    private RecordedRun recorded(Conclusion conclusion, CaseResult... results) throws Exception {
        ReportFolder reports = new ReportFolder(Files.createTempDirectory(folder, "run"));
        try (EventsWriter writer = EventsWriter.in(
                reports, "clauses abc", Optional.empty(), COMMAND, InstantSource.fixed(Instant.EPOCH))) {
            SampleRuns.play(writer, conclusion, results);
        }
        return EventsReader.read(reports.events());
    }
}
