package io.wstck.tck.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.openqa.selenium.Keys;

/** The runs in {@code report.html}, opened from disk in a real browser. */
@NeedsChromium
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("report in a browser")
class HtmlReportTest {
    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static RecordedRun good;
    private static RecordedRun bad;

    @BeforeAll
    static void playTwoRuns() throws Exception {
        good = PlayedRun.of(
                folder.resolve("good.ndjson"),
                testCase -> testCase.id().matches("(ping|close)\\.(frame|returns|twice|channel).*"),
                List.of());
        bad = PlayedRun.of(
                folder.resolve("bad.ndjson"),
                testCase -> testCase.id().matches("(ping|close)\\.(frame|returns|twice|channel).*"),
                List.of("ping.126-bytes"));
        write("good.html", good);
        write("bad.html", bad);
        write("both.html", good, bad);
        browser = Chromium.open(1300, 1000);
    }

    private static void write(String name, RecordedRun... runs) throws IOException {
        HtmlFile.write(folder.resolve(name), runs);
    }

    @AfterAll
    static void closeTheBrowser() throws IOException {
        browser.close();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void theVerdictIsAtTheTopWithClientAndPlatform() {
        browser.go(folder.resolve("good.html"));
        assertThat(browser.find("#summary h1").getText())
                .contains("wstck-client 0.1.0")
                .contains("Conformant");
        assertThat(browser.texts(".facts dd"))
                .contains("wstck-client 0.1.0 (Java)", good.started().platform(), "wstck 0.1.0", "clauses as shipped");

        browser.go(folder.resolve("bad.html"));
        assertThat(browser.find("#summary h1").getText()).contains("Not conformant");
    }

    @Test
    void aClauseHasItsStatementAndItsCases() {
        browser.go(folder.resolve("bad.html"));

        assertThat(browser.find(".clause[open] .statement").getText()).isNotEmpty();
        assertThat(browser.texts(".case summary"))
                .anySatisfy(line -> assertThat(line).contains("failed").contains("ping.frame"));
    }

    @Test
    void aLinkOpensItsCaseWithScriptWitnessesAndDiagram() {
        browser.go(folder.resolve("bad.html").toUri() + "#case=ping.frame");

        browser.find("[data-case='ping.frame'][open] .sequence");
        assertThat(browser.texts(".case .finding .expected dd, .case .finding .actual dd"))
                .containsExactly("control frames of at most 125 bytes (RFC 6455 §5.5)", "control frame of 126 bytes");
        assertThat(browser.texts(".witnesses h3")).containsExactly("What the script saw", "What the wire showed");
        assertThat(browser.texts(".script .line"))
                .anySatisfy(line -> assertThat(line).contains("case \"ping.frame\""));
        assertThat(browser.texts(".script .marked")).isNotEmpty();
        assertThat(browser.texts(".sequence .offending"))
                .singleElement()
                .asString()
                .contains("PING", "FIN", "mask ", "126 bytes", "violation");
        assertThat(browser.texts(".sequence .from-server .opcode")).contains("TEXT");
    }

    @Test
    void aCaseHasTheCommandThatPlaysItAgain() throws Exception {
        String events = Files.readString(folder.resolve("bad.ndjson"));
        Path named = folder.resolve("named.ndjson");
        Files.writeString(
                named, events.replaceFirst("\"command\":\"\"", "\"command\":\"./wstck run --agent 'a <b>'\""));
        write("named.html", EventsReader.read(named));

        browser.go(folder.resolve("named.html").toUri() + "#case=ping.frame");
        browser.find("[data-case='ping.frame'][open] .again");
        assertThat(browser.texts(".case .again code")).containsExactly("./wstck run --agent 'a <b>' --only ping.frame");

        browser.go(folder.resolve("bad.html").toUri() + "#case=ping.frame");
        browser.find("[data-case='ping.frame'][open] .again");
        assertThat(browser.texts(".case .again")).containsExactly("link to this case");
    }

    @Test
    void aFindingHasItsPartsAndItsHint() throws Exception {
        Path noted = folder.resolve("noted.ndjson");
        Files.writeString(
                noted,
                Files.readString(folder.resolve("bad.ndjson"))
                        .replace(
                                "\"expected\":",
                                "\"parts\":[\"required part met (rfc): <b>\"],\"hint\":\"an <i>adapter</i>\",\"expected\":"));
        write("noted.html", EventsReader.read(noted));

        browser.go(folder.resolve("noted.html").toUri() + "#case=ping.frame");
        browser.find("[data-case='ping.frame'][open] .hint");
        assertThat(browser.texts(".finding .parts li")).containsExactly("required part met (rfc): <b>");
        assertThat(browser.texts(".finding .hint")).containsExactly("Hint: an <i>adapter</i>");
    }

    @Test
    void aLinkToAMissingCaseShowsAMessage() {
        browser.go(folder.resolve("good.html").toUri() + "#case=no%3Cb%3Ecase");

        assertThat(browser.find("#missing").getText()).isEqualTo("There is no case \"no<b>case\" in this report.");
    }

    @Test
    void verdictLevelSectionAndTextFilterTheCases() {
        browser.go(folder.resolve("bad.html"));
        long failed = count(result -> result.verdict() == Verdict.FAILED);

        browser.find(".chip.failed").click();
        browser.awaitText(
                "#shown", text -> text.equals(failed + " of " + bad.cases().size() + " cases"));
        browser.find(".chip.failed").click();

        browser.choose("#section", "Ping");
        long pings = count(result -> result.requirement().section().equals("Ping"));
        browser.awaitText("#shown", text -> text.startsWith(pings + " of "));

        browser.choose("#section", "all");
        browser.choose("#level", "must");
        long must = count(result -> result.level().word().equals("must"));
        browser.awaitText("#shown", text -> text.startsWith(must + " of "));

        browser.choose("#level", "all");
        browser.key("/");
        browser.key("ping.frame-each");
        browser.awaitText("#shown", text -> text.startsWith("1 of "));
        assertThat(browser.texts(".case")).singleElement().asString().contains("ping.frame-each-time");
    }

    @Test
    void theKeyboardAloneOpensACase() {
        browser.go(folder.resolve("good.html"));
        browser.find("#search").sendKeys("ping.frame-each", Keys.ENTER);
        browser.awaitText("#shown", text -> text.startsWith("1 of "));

        browser.script("document.querySelector('.case summary').focus()");
        browser.key(Keys.ENTER);

        browser.find("[data-case='ping.frame-each-time'][open] .sequence");
    }

    @Test
    void aHandshakeIsShownWithItsHeaders() {
        browser.go(folder.resolve("bad.html").toUri() + "#case=ping.frame");
        browser.find("[data-case='ping.frame'][open] .sequence");

        assertThat(browser.texts("[data-case='ping.frame'] .headers li"))
                .contains("Upgrade: websocket", "Sec-WebSocket-Version: 13");
        assertThat(browser.texts("[data-case='ping.frame'] .note .words")).contains("HTTP/1.1 101 Switching Protocols");
    }

    @Test
    void inAMatrixACellOpensTwoTranscriptsBesideEachOther() {
        browser.go(folder.resolve("both.html"));
        browser.await(
                "three columns",
                () -> Optional.of(browser.texts(".matrix thead th")).filter(columns -> columns.size() == 3));
        browser.find("#differing").click();
        long differing = bad.cases().stream()
                .filter(result -> result.verdict() != verdictOf(good, result.id()))
                .count();
        browser.awaitText("#shown", text -> text.startsWith(differing + " of "));

        browser.find(".cell[aria-label^='ping.frame, run 2']").click();

        browser.await(
                "two diagrams",
                () -> Optional.of(browser.all("dialog[open] .pane .sequence")).filter(found -> found.size() == 2));
        assertThat(browser.texts("dialog .finding .badge")).containsExactly("✓ passed", "✗ failed");
        assertThat(browser.script("return location.hash")).isEqualTo("#case=ping.frame&runs=1,2");
        browser.key(Keys.ESCAPE);
        browser.await(
                "a closed dialog",
                () -> Optional.of(browser.all("dialog[open]")).filter(List::isEmpty));
    }

    @Test
    void thePageIsAccessible() throws IOException {
        for (String scheme : List.of("light", "dark")) {
            browser.emulate("screen", scheme);
            browser.go(folder.resolve("bad.html").toUri() + "#case=ping.frame");
            browser.find("[data-case='ping.frame'][open] .sequence");
            assertThat(browser.accessibilityErrors()).as("one run, " + scheme).isEmpty();
            browser.go(folder.resolve("both.html"));
            browser.find(".matrix");
            assertThat(browser.accessibilityErrors()).as("matrix, " + scheme).isEmpty();
            browser.go(folder.resolve("both.html").toUri() + "#case=ping.frame");
            browser.find("dialog[open] .pane:last-child .sequence");
            assertThat(browser.accessibilityErrors())
                    .as("comparison, " + scheme)
                    .isEmpty();
        }
        browser.emulate("", "light");
    }

    @Test
    void aPrintoutShowsTheOpenPartsAndNoControls() {
        browser.go(folder.resolve("bad.html").toUri() + "#case=ping.frame");
        browser.find("[data-case='ping.frame'][open] .sequence");
        browser.emulate("print", "dark");

        assertThat(browser.find("#filters").isDisplayed()).isFalse();
        assertThat(browser.find("[data-case='ping.frame'] .sequence").isDisplayed())
                .isTrue();
        assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        browser.emulate("", "light");
    }

    private static long count(Predicate<CaseFinished> those) {
        return bad.cases().stream().filter(those).count();
    }

    private static Verdict verdictOf(RecordedRun run, String id) {
        return run.cases().stream()
                .filter(result -> result.id().equals(id))
                .map(CaseFinished::verdict)
                .findFirst()
                .orElseThrow();
    }
}
