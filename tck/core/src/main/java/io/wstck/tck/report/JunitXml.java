package io.wstck.tck.report;

import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.ContractVerdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Renders a run as JUnit XML for CI servers: a suite per section, a test per case. FAILED is a failure, INCONCLUSIVE an
 * error, and SKIPPED and KNOWN are skipped. WARNED and OBSERVED are passed tests. A case that is listed as known but
 * did not fail is a failure. All tests except plain passes include their transcript.
 *
 * <p>The format has no standard. This class writes what the strictest reader accepts, the schema of Jenkins' xUnit
 * plugin. That has no {@code file} and {@code line}, so the source stands in the test's text.
 */
final class JunitXml {
    private static final double NANOS_PER_SECOND = 1e9;

    private final RecordedRun run;
    private final XMLStreamWriter xml;

    private JunitXml(RecordedRun run, XMLStreamWriter xml) {
        this.run = run;
        this.xml = xml;
    }

    /**
     * Writes {@code run} in UTF-8; {@code out} stays open.
     *
     * @throws IOException if it cannot be written
     */
    static void write(RecordedRun run, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            new JunitXml(run, xml).document();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void document() throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        attribute("name", "wstck");
        // In the schema only a suite has a count of skipped tests.
        counts(run.cases());
        Map<String, List<CaseFinished>> sections = run.cases().stream()
                .collect(Collectors.groupingBy(
                        result -> result.requirement().section(), LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<CaseFinished>> section : sections.entrySet()) {
            xml.writeCharacters("\n");
            suite(section.getKey(), section.getValue());
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private void suite(String section, List<CaseFinished> cases) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("name", section);
        counts(cases);
        attribute("skipped", Long.toString(count(cases, Kind.SKIPPED)));
        attribute("timestamp", run.started().startedAt().toString());
        properties();
        for (CaseFinished result : cases) {
            xml.writeCharacters("\n  ");
            testcase(result);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private void counts(Collection<CaseFinished> cases) throws XMLStreamException {
        attribute("tests", Integer.toString(cases.size()));
        attribute("failures", Long.toString(count(cases, Kind.FAILURE)));
        attribute("errors", Long.toString(count(cases, Kind.ERROR)));
        attribute("time", seconds(cases.stream().map(CaseFinished::duration).reduce(Duration.ZERO, Duration::plus)));
    }

    private void properties() throws XMLStreamException {
        RunStarted started = run.started();
        xml.writeStartElement("properties");
        property("kit", started.kit());
        property("spec", started.spec());
        property(
                "implementation",
                started.implementation().name() + " " + started.implementation().version() + " ("
                        + started.implementation().language() + ")");
        property("profile", started.profile().word());
        for (ContractVerdict verdict :
                run.finished().map(RunFinished::contracts).orElse(List.of())) {
            property("contract." + verdict.contract().word(), ContractText.sentence(verdict));
        }
        property("platform", started.platform());
        property("seed", Long.toString(started.seed()));
        xml.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void testcase(CaseFinished result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("name", name(result));
        attribute("classname", result.requirement().clause());
        attribute("time", seconds(result.duration()));
        Kind kind = Kind.of(result);
        switch (kind) {
            case PASSED -> {}
            case FAILURE -> finding("failure", result);
            case ERROR -> finding("error", result);
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                attribute("message", message(result));
            }
        }
        if (kind != Kind.PASSED || result.verdict() != Verdict.PASSED) {
            systemOut(result);
        }
        xml.writeEndElement();
    }

    /** The results that JUnit XML has. */
    private enum Kind {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED;

        static Kind of(CaseFinished result) {
            if (result.judgement().listing() == KnownStatus.OUTDATED) {
                return FAILURE;
            }
            return switch (result.verdict()) {
                case PASSED, WARNED, OBSERVED -> PASSED;
                case FAILED -> FAILURE;
                case INCONCLUSIVE -> ERROR;
                case KNOWN, SKIPPED -> SKIPPED;
            };
        }
    }

    private void systemOut(CaseFinished result) throws XMLStreamException {
        if (result.verdict() == Verdict.SKIPPED) {
            return;
        }
        xml.writeStartElement("system-out");
        xml.writeCharacters(XmlText.legal(CaseText.full(result)));
        xml.writeEndElement();
    }

    /** Readers identify tests by class and name, so each round needs its own name. */
    private String name(CaseFinished result) {
        return run.started().repetitions() == 1 ? result.id() : result.id() + " (round " + result.repetition() + ")";
    }

    private void finding(String element, CaseFinished result) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("type", result.verdict().word());
        attribute("message", message(result));
        xml.writeCharacters(XmlText.legal(CaseText.brief(result)));
        xml.writeEndElement();
    }

    private static String message(CaseFinished result) {
        String reason = result.judgement().reason();
        return reason.isEmpty() ? result.title() : reason;
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, XmlText.legal(value));
    }

    private static long count(Collection<CaseFinished> cases, Kind kind) {
        return cases.stream().filter(result -> Kind.of(result) == kind).count();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / NANOS_PER_SECOND);
    }
}
