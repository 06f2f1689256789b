package io.wstck.tck.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.head.HeadExcerpt;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.RunStarted;
import io.wstck.tck.run.TimelineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports with very many cases, and reports of hostile events. */
@NeedsChromium
class LargeAndHostileReportTest {
    private static final String HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>"
            + "<!--<script> & &lt; \u0000\u001b[2J\u202e\u2028\u2029\ud800 \"'` ${7*7}";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ATTEMPTS = 10;
    private static final Duration WRITTEN_IN = Duration.ofSeconds(2);
    private static final double PAINTED_IN_MS = 1000;

    private static final List<Clause> CLAUSES =
            List.copyOf(ClauseCatalogue.load().clauses());

    @TempDir
    private static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void openTheBrowser() throws IOException {
        browser = Chromium.open(1300, 1000);
    }

    @AfterAll
    static void closeTheBrowser() throws IOException {
        browser.close();
    }

    @Test
    void twoThousandCasesMakeASmallPageThatPaintsAtOnce() throws IOException {
        Path file = folder.resolve("large.html");
        RecordedRun run = run(2000, "a name", 36);
        // The shortest of a few times, because a cold JVM makes some of them longer.
        Duration took = Stream.generate(() -> timed(run, file))
                .limit(ATTEMPTS)
                .filter(written -> written.compareTo(WRITTEN_IN) < 0)
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a report written in " + WRITTEN_IN));

        assertThat(Files.size(file)).isLessThan(8_000_000);
        double paint = Stream.generate(() -> firstPaint(file))
                .limit(ATTEMPTS)
                .filter(painted -> painted < PAINTED_IN_MS)
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a report painted in " + PAINTED_IN_MS + " ms"));
        assertThat(browser.consoleErrors()).isEmpty();
        System.out.printf(
                "2000 cases: %d bytes, written in %d ms, painted after %.0f ms%n",
                Files.size(file), took.toMillis(), paint);
    }

    @Test
    void twoThousandCausesMakeASmallPageThatPaintsAtOnce() throws IOException {
        Path file = folder.resolve("causes.html");
        List<CaseFinished> cases = new ArrayList<>();
        for (int number = 0; number < 2000; number++) {
            Cause cause = new Cause("cause " + number, "clause." + number, "the client does " + number);
            cases.add(found(result(number * 7, "a name", List.of(), List.of("a line")), cause));
        }
        write(new RecordedRun("some.ndjson", started(2000, "a name"), cases, Optional.empty()), file);

        assertThat(Files.size(file)).isLessThan(8_000_000);
        double paint = Stream.generate(() -> firstPaint(file))
                .limit(ATTEMPTS)
                .filter(painted -> painted < PAINTED_IN_MS)
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a report painted in " + PAINTED_IN_MS + " ms"));
        assertThat(browser.all(".cause")).hasSize(50);
        browser.find("#causes .more").click();
        browser.await("all causes", () -> Optional.of(browser.all(".cause")).filter(causes -> causes.size() == 2000));
        assertThat(browser.all("#causes .more")).isEmpty();

        // Loads the page again, because the old one already shows all causes.
        browser.go("about:blank");
        browser.go(file.toUri() + "#cause=cause%201999");
        browser.find("[data-cause='cause 1999'][open] .finding");
        assertThat(browser.all(".cause")).hasSize(2000);
        assertThat(browser.consoleErrors()).isEmpty();
        System.out.printf("2000 causes: %d bytes, painted after %.0f ms%n", Files.size(file), paint);
    }

    @Test
    void textOfEventsIsShownAndNeverExecuted() throws IOException {
        Path file = folder.resolve("hostile.html");
        write(run(3, HOSTILE, 8), file);

        browser.go(file);
        assertThat(browser.find(".cause > summary .statement").getText())
                .startsWith(
                        "</script><script>document.title='owned'</script><img src=x onerror=alert(1)><!--<script> & &lt; ")
                .endsWith("\\u{0}\\u{1b}[2J\\u{202e}\\u{2028}\\u{2029}\\u{d800} \"'` ${7*7}");
        browser.script("document.querySelector('.cause').open = false");
        browser.find(".case summary").click();
        browser.find(".sequence");
        browser.find(".cause-of a").click();
        browser.find(".cause[open] .finding a").click();
        browser.find(".case[open] .cause-of");
        assertThat(browser.all("#missing")).isEmpty();

        assertThat(browser.script("return document.title")).isEqualTo("wstck report");
        assertThat(browser.all("img")).isEmpty();
        assertThat(browser.script("return document.scripts.length")).isEqualTo(3L);
        for (String place : List.of(".headers li", ".headers .negotiated", ".note .payload")) {
            assertThat(browser.find(".case[open] " + place).getText())
                    .as(place)
                    .contains("</script><script>document.title='owned'</script><img src=x onerror=alert(1)>")
                    .contains("\\u{0}\\u{1b}[2J\\u{202e}\\u{2028}\\u{2029}\\u{d800}");
        }
        assertThat(browser.texts(".case[open] .headers li")).contains("… 3 more headers");
        String text = (String) browser.script("return document.body.innerText");
        assertThat(text)
                .contains("</script><script>document.title='owned'</script><img src=x onerror=alert(1)>")
                .contains("\\u{0}\\u{1b}[2J\\u{202e}\\u{2028}\\u{2029}\\u{d800}")
                .doesNotContain("\u202e", "\u001b");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void aTruncatedRunSaysSo() throws IOException {
        Path file = folder.resolve("truncated.html");
        write(run(5, "a name", 2), file);

        browser.go(file);

        assertThat(browser.find("#summary h1").getText()).contains("Incomplete: this run has no verdict");
        assertThat(browser.find("#summary .notice").getText())
                .isEqualTo(
                        "some.ndjson is truncated: expected run-finished after its 5 of 9 cases, found the end of the file");
    }

    @Test
    void aTranscriptOfAHundredMegabytesIsCutWithANote() throws IOException {
        Path file = folder.resolve("huge.html");
        String megabyte = "x".repeat(1 << 20);
        List<CaseFinished> cases = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            cases.add(result(
                    number, "name", List.of(), java.util.Collections.nCopies(10_000, megabyte.substring(0, 1050))));
            cases.add(result(100 + number, megabyte, List.of(), List.of(megabyte)));
        }
        write(new RecordedRun("some.ndjson", started(20, "name"), cases, Optional.empty()), file);

        assertThat(Files.size(file)).isLessThan(8_000_000);
        browser.go(file.toUri() + "#case=" + cases.getFirst().id());
        assertThat(browser.find(".transcript").getText()).contains("lines left out here; all are in the events file");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    /** The time from the request to the first paint, in milliseconds. */
    private static double firstPaint(Path file) {
        browser.go(file);
        browser.awaitText("#shown", text -> text.equals("2,000 cases"));
        return ((Number) browser.await(
                        "a first paint",
                        () -> Optional.ofNullable(browser.script(
                                "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime"))))
                .doubleValue();
    }

    /** The processor time of a report, which other programs do not make longer. */
    private static Duration timed(RecordedRun run, Path file) {
        long begun = THREADS.getCurrentThreadCpuTime();
        try {
            write(run, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begun);
    }

    private static void write(RecordedRun run, Path file) throws IOException {
        HtmlFile.write(file, run);
    }

    /** A run without a footer whose texts all contain {@code text} and whose diagrams have this number of rows. */
    private static RecordedRun run(int count, String text, int rows) {
        List<CaseFinished> cases = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            List<TimelineEntry> sequence = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                sequence.add(row(text, number, row));
            }
            cases.add(result(number, text, sequence, List.of()));
        }
        return new RecordedRun("some.ndjson", started(count + 4, text), cases, Optional.empty());
    }

    private static RunStarted started(int cases, String text) {
        return new RunStarted(
                text,
                text,
                new RunStarted.ImplementationInfo(text, text, text),
                Profile.API,
                text,
                1,
                1,
                cases,
                1,
                Instant.EPOCH);
    }

    private static CaseFinished result(int number, String text, List<TimelineEntry> sequence, List<String> transcript) {
        Clause clause = CLAUSES.get(number % CLAUSES.size());
        Verdict verdict = number % 7 == 0 ? Verdict.FAILED : number % 5 == 0 ? Verdict.OBSERVED : Verdict.PASSED;
        return new CaseFinished(
                "case-" + number + text,
                text,
                new CaseFinished.Requirement(clause.id() + text, clause.section(), clause.statement() + text, text),
                Level.MUST,
                Contract.API,
                new Judgement(verdict, text, text, text),
                new Cause(clause.id() + text, clause.id() + text, text),
                Duration.ofMillis(3),
                1,
                1,
                "a/file.lua:" + (number + 1),
                List.of(),
                transcript,
                sequence,
                "case \"" + number + "\" {\n  " + text + "\n}",
                List.of());
    }

    /** The same result as a finding with this cause. */
    private static CaseFinished found(CaseFinished result, Cause cause) {
        return new CaseFinished(
                result.id(),
                result.title(),
                result.requirement(),
                result.level(),
                result.contract(),
                result.judgement(),
                cause,
                result.duration(),
                result.repetition(),
                result.attempts(),
                result.source(),
                result.measured(),
                result.transcript(),
                result.sequence(),
                result.script(),
                result.earlier());
    }

    private static TimelineEntry row(String text, int number, int row) {
        long nanos = row * 1_000_000L + number;
        TimelineEntry.Payload payload = new TimelineEntry.Payload(
                TimelineEntry.Form.TEXT,
                text + Integer.toHexString(number * 7919 + row * 104_729),
                TimelineEntry.Extent.WHOLE);
        return switch (row) {
            case 0 -> head("request", TimelineEntry.Side.CLIENT, text, number);
            case 1 -> head("response", TimelineEntry.Side.SERVER, text, number);
            case 2 -> new TimelineEntry.Message(nanos, 1, TimelineEntry.Side.CLIENT, text, payload);
            default -> row(text, number, row, nanos, payload);
        };
    }

    /** The usual header lines of clients and of the server. */
    private static TimelineEntry.Head head(String kind, TimelineEntry.Side from, String text, int number) {
        List<String> headers = new ArrayList<>();
        for (int header = 0; header < 12; header++) {
            headers.add("X-Header-" + header + ": " + text + Integer.toHexString(number * 7919 + header * 104_729));
        }
        return new TimelineEntry.Head(number, 1, from, kind, new HeadExcerpt(text, headers, 3, Optional.of(text)));
    }

    private static TimelineEntry row(String text, int number, int row, long nanos, TimelineEntry.Payload payload) {
        return switch (row % 4) {
            case 0 ->
                new TimelineEntry.Frame(
                        nanos,
                        1,
                        TimelineEntry.Side.CLIENT,
                        row % 16,
                        true,
                        row % 8,
                        Integer.toHexString(number * 31 + row),
                        "20",
                        payload);
            case 1 ->
                new TimelineEntry.Frame(nanos, 1, TimelineEntry.Side.SERVER, row % 16, false, 0, "", "20", payload);
            case 2 -> new TimelineEntry.Note(nanos, 1, Optional.of(TimelineEntry.Side.CLIENT), "note", text);
            default ->
                new TimelineEntry.CheckEntry(
                        nanos,
                        1,
                        Witness.SERVER,
                        Check.Outcome.FAILED,
                        Strength.CASE,
                        "violation " + text,
                        text,
                        text,
                        text);
        };
    }
}
