package io.wstck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Tests the JUnit XML against a parser, and against the schema of the strictest reader. */
class JunitXmlTest {
    @TempDir
    private Path folder;

    private Path junit;

    @BeforeEach
    void nameTheFile() {
        junit = folder.resolve("junit.xml");
    }

    @Test
    void everyVerdictHasItsElement() throws Exception {
        Document document = render(
                SampleRuns.result("passed", SampleRuns.PASSED),
                SampleRuns.result("failed", SampleRuns.FAILED, "→ GET / HTTP/1.1"),
                SampleRuns.result("known", Judgement.of(Verdict.KNOWN, "known: accepted")),
                SampleRuns.result("warned", Judgement.of(Verdict.WARNED, "a good client does it")),
                SampleRuns.result("observed", Judgement.of(Verdict.OBSERVED, "returns nil")),
                SampleRuns.result("skipped", Judgement.of(Verdict.SKIPPED, "needs policy")),
                SampleRuns.result("inconclusive", Judgement.of(Verdict.INCONCLUSIVE, "the machine was late")));

        assertThat(children(testcase(document, "passed"))).isEmpty();
        assertThat(children(testcase(document, "failed"))).containsExactly("failure", "system-out");
        assertThat(children(testcase(document, "known"))).containsExactly("skipped", "system-out");
        assertThat(children(testcase(document, "warned"))).containsExactly("system-out");
        assertThat(children(testcase(document, "observed"))).containsExactly("system-out");
        assertThat(children(testcase(document, "skipped"))).containsExactly("skipped");
        assertThat(children(testcase(document, "inconclusive"))).containsExactly("error", "system-out");
        assertThat(first(testcase(document, "skipped")).getAttribute("message")).isEqualTo("needs policy");
        assertThat(testcase(document, "observed").getTextContent()).contains("returns nil");
    }

    @Test
    void aFailureSaysRequirementExpectedActualPlaceAndTranscript() throws Exception {
        Element failed = testcase(render(SampleRuns.result("failed", SampleRuns.FAILED, "→ GET / HTTP/1.1")), "failed");

        assertThat(failed.getAttribute("classname")).isEqualTo("close.default");
        assertThat(failed.getAttribute("time")).isEqualTo("0.012");
        assertThat(first(failed).getAttribute("message")).isEqualTo("the wire does not show what the clause demands");
        assertThat(first(failed).getTextContent()).isEqualTo("""
                        close() without arguments sends 1000
                        Requirement  close(): 1000 on the wire, true, nil  [documentation, Closing]
                        Reason       the wire does not show what the clause demands
                        Expected     a close frame with code 1000
                        Actual       a close frame with code 1001 "bye"
                        at           api/closing.lua:12
                        """);
        assertThat(failed.getElementsByTagName("system-out").item(0).getTextContent())
                .endsWith("at           api/closing.lua:12\ntranscript\n   → GET / HTTP/1.1\n");
    }

    @Test
    void suitesAreSectionsAndCountTheirTests() throws Exception {
        Document document = render(
                SampleRuns.inSection("Closing", "a", SampleRuns.FAILED),
                SampleRuns.inSection("Ping", "b", SampleRuns.PASSED),
                SampleRuns.inSection("Closing", "c", Judgement.of(Verdict.SKIPPED, "needs policy")),
                SampleRuns.inSection("Ping", "d", Judgement.of(Verdict.INCONCLUSIVE, "late")));

        Element closing = suites(document).get(0);
        Element ping = suites(document).get(1);
        assertThat(counts(document.getDocumentElement())).isEqualTo("tests 4, failures 1, errors 1, time 0.048");
        assertThat(closing.getAttribute("name")).isEqualTo("Closing");
        assertThat(counts(closing)).isEqualTo("tests 2, failures 1, errors 0, time 0.024");
        assertThat(closing.getAttribute("skipped")).isEqualTo("1");
        assertThat(counts(ping)).isEqualTo("tests 2, failures 0, errors 1, time 0.024");
    }

    @Test
    void charactersThatXmlForbidsAreReplacedAndMarkupIsText() throws Exception {
        String hostile = "]]> <b>&amp; \u0000 \u001b[2J \ufffe \ud83c\udf89";
        Judgement skipped = Judgement.of(Verdict.SKIPPED, hostile);
        Judgement failed = new Judgement(Verdict.FAILED, hostile, hostile, hostile);

        Document document = render(SampleRuns.result("a<b", skipped), SampleRuns.result("failed", failed, hostile));

        assertThat(first(testcase(document, "a<b")).getAttribute("message"))
                .isEqualTo("]]> <b>&amp; \ufffd \ufffd[2J \ufffd \ud83c\udf89");
        assertThat(first(testcase(document, "failed")).getTextContent()).contains("]]> <b>&amp; \\u{0} \\u{1b}[2J");
    }

    @Test
    void anUnpairedSurrogateIsReplaced() {
        assertThat(XmlText.legal("a\ud800b\udc00")).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void theRoundsOfARepeatedRunHaveNamesOfTheirOwn() throws Exception {
        Path events = folder.resolve("events.ndjson");
        CaseResult first = SampleRuns.result("a", SampleRuns.PASSED, 1, List.of());
        CaseResult second = SampleRuns.result("a", SampleRuns.FAILED, 2, List.of());
        try (EventsWriter writer = EventsWriter.create(events, "clauses abc", InstantSource.fixed(Instant.EPOCH))) {
            writer.started(SampleRuns.info(2, 2));
            writer.finished(first);
            writer.finished(second);
            writer.ended(SampleRuns.summary(List.of(first, second), Conclusion.NOT_CONFORMANT));
        }
        RenderedFile.write(Renderer.JUNIT, List.of(EventsReader.read(events)), junit);

        Document document = parse();

        assertThat(children(testcase(document, "a (round 1)"))).isEmpty();
        assertThat(children(testcase(document, "a (round 2)"))).containsExactly("failure", "system-out");
    }

    private Document render(CaseResult... results) throws Exception {
        Path events = folder.resolve("events.ndjson");
        try (EventsWriter writer = EventsWriter.create(events, "clauses abc", InstantSource.fixed(Instant.EPOCH))) {
            SampleRuns.play(new CompositeRunListener(List.of(writer, reports())), Conclusion.CONFORMANT, results);
        }
        return parse();
    }

    private RenderingListener reports() {
        return new RenderingListener(new ReportFolder(folder), List.of(Renderer.JUNIT));
    }

    private Document parse() throws Exception {
        try (var schema = JunitXmlTest.class.getResourceAsStream("junit-common.xsd")) {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(schema))
                    .newValidator()
                    .validate(new StreamSource(junit.toFile()));
        }
        return parser(Files.readAllBytes(junit));
    }

    private static Document parser(byte[] xml) throws Exception {
        try (var in = new java.io.ByteArrayInputStream(xml)) {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(in);
        } catch (IOException e) {
            throw new AssertionError("cannot read what was written", e);
        }
    }

    private static List<Element> suites(Document document) {
        return elements(document.getDocumentElement());
    }

    private static Element testcase(Document document, String name) {
        return suites(document).stream()
                .flatMap(suite -> elements(suite).stream())
                .filter(element -> element.getTagName().equals("testcase"))
                .filter(element -> element.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Element first(Element parent) {
        return elements(parent).getFirst();
    }

    private static List<String> children(Element parent) {
        return elements(parent).stream().map(Element::getTagName).toList();
    }

    private static List<Element> elements(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < parent.getChildNodes().getLength(); index++) {
            if (parent.getChildNodes().item(index) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static String counts(Element element) {
        return "tests " + element.getAttribute("tests") + ", failures " + element.getAttribute("failures") + ", errors "
                + element.getAttribute("errors") + ", time " + element.getAttribute("time");
    }
}
