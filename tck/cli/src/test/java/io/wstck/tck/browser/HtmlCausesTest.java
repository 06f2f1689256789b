package io.wstck.tck.browser;

import static io.wstck.tck.report.RunsWithCauses.COMMAND;
import static io.wstck.tck.report.RunsWithCauses.cause;
import static io.wstck.tck.report.RunsWithCauses.result;
import static io.wstck.tck.report.RunsWithCauses.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.RecordedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.openqa.selenium.Keys;

/** The list of causes in {@code report.html}, opened from disk in a real browser. */
@NeedsChromium
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("report in a browser")
class HtmlCausesTest {
    private static final Cause NONE = new Cause("", "", "");

    private static final RecordedRun FIRST = run(
            result("a", Verdict.WARNED, cause("small")),
            result("b", Verdict.KNOWN, cause("large")),
            result("c", Verdict.FAILED, cause("large")),
            result("d", Verdict.FAILED, cause("large")),
            result("e", Verdict.FAILED, cause("middle")),
            result("f", Verdict.KNOWN, cause("listed")),
            result("g", Verdict.PASSED, NONE),
            result("h", Verdict.INCONCLUSIVE, NONE));
    private static final RecordedRun SECOND = run(
            result("a", Verdict.PASSED, NONE),
            result("b", Verdict.FAILED, cause("large")),
            result("c", Verdict.PASSED, NONE),
            result("d", Verdict.PASSED, NONE),
            result("e", Verdict.PASSED, NONE),
            result("f", Verdict.SKIPPED, NONE),
            result("g", Verdict.FAILED, cause("new")));

    @TempDir
    private static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void openTheBrowser() throws IOException {
        write("one.html", FIRST);
        write("none.html", run(result("g", Verdict.PASSED, NONE), result("h", Verdict.INCONCLUSIVE, NONE)));
        write("two.html", FIRST, SECOND);
        write("three.html", FIRST, SECOND, run(result("a", Verdict.PASSED, NONE)));
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
    void failuresComeFirstStartingWithTheCauseWithMostCases() {
        browser.go(folder.resolve("one.html"));

        browser.find(".cause");
        assertThat(browser.texts("#causes h2")).containsExactly("Causes\n4 causes of the findings in 6 cases");
        assertThat(browser.texts(".cause > summary"))
                .containsExactly(
                        "✗ 2 failed≈ 1 knownclause.large\nthe client does large",
                        "✗ 1 failedclause.middle\nthe client does middle",
                        "! 1 warnedclause.small\nthe client does small",
                        "≈ 1 knownclause.listed\nthe client does listed");
        assertThat(browser.script("return document.querySelector('.verdict').compareDocumentPosition("
                        + "document.querySelector('#causes')) & document.querySelector('#causes')"
                        + ".compareDocumentPosition(document.querySelector('#filters'))"))
                .isEqualTo(4L);
    }

    @Test
    void aCauseHasAnExampleWithItsCommandAndItsCases() {
        browser.go(folder.resolve("one.html"));
        browser.find("[data-cause='cause large'][open]");

        assertThat(browser.texts("[data-cause='cause large'] .finding"))
                .containsExactly(
                        "Example: ✗ failed c title of c\nreason of c\nExpected\nexpected of c\nActual\nactual of c");
        assertThat(browser.texts("[data-cause='cause large'] .again code")).containsExactly(COMMAND + " --only c");
        assertThat(browser.texts("[data-cause='cause large'] .members li a")).isEmpty();
        browser.find("[data-cause='cause large'] .members summary").click();
        browser.await(
                "the cases of the cause",
                () -> Optional.of(browser.texts("[data-cause='cause large'] .members li"))
                        .filter(
                                List.of("≈ known b title of b", "✗ failed c title of c", "✗ failed d title of d")
                                        ::equals));
    }

    @Test
    void eachFindingBelongsToOneCause() {
        browser.go(folder.resolve("one.html"));
        browser.find(".cause");

        browser.script("for (const block of document.querySelectorAll('.cause')) block.open = true");
        browser.await("four bodies", () -> Optional.of(browser.all(".members")).filter(found -> found.size() == 4));
        browser.script("for (const block of document.querySelectorAll('.members')) block.open = true");

        browser.await(
                "each finding once",
                () -> Optional.of(
                                browser.texts(".members li a").stream().sorted().toList())
                        .filter(List.of("a", "b", "c", "d", "e", "f")::equals));
    }

    @Test
    void aRunWithoutFindingsHasNoList() {
        browser.go(folder.resolve("none.html"));
        browser.find(".case");

        assertThat(browser.find("#causes").isDisplayed()).isFalse();
        assertThat(browser.all("#causes *, .cause-of")).isEmpty();
    }

    @Test
    void theExampleLeadsToItsCaseAndTheCaseToItsCause() {
        browser.go(folder.resolve("one.html"));
        browser.find("[data-cause='cause large'] .finding a").click();
        browser.find("[data-case='c'][open] .cause-of");
        assertThat(browser.texts("[data-case='c'] .cause-of")).containsExactly("Cause: the client does large");

        browser.script("document.querySelector(\"[data-cause='cause large']\").open = false");
        browser.find("[data-case='c'] .cause-of a").click();

        browser.find("[data-cause='cause large'][open]");
        assertThat(browser.script("return location.hash")).isEqualTo("#cause=cause%20large");
        awaitFocus("[data-cause='cause large'] > summary");
    }

    @Test
    void theSameLinkWorksTwice() {
        browser.go(folder.resolve("one.html").toUri() + "#case=c");
        browser.find("[data-case='c'][open] .cause-of");
        browser.script("document.querySelector(\"[data-case='c']\").open = false");

        browser.find("[data-cause='cause large'] .finding a").click();

        browser.find("[data-case='c'][open]");
    }

    @Test
    void anAddressOpensACause() {
        browser.go("about:blank");
        browser.go(folder.resolve("one.html").toUri() + "#cause=cause%20listed");

        browser.find("[data-cause='cause listed'][open] .finding");
        awaitFocus("[data-cause='cause listed'] > summary");
    }

    @Test
    void anAddressOfAMissingCauseShowsAMessage() {
        browser.go(folder.resolve("one.html").toUri() + "#cause=no%3Cb%3Ecause");

        assertThat(browser.find("#missing").getText()).isEqualTo("There is no cause \"no<b>cause\" in this report.");
    }

    @Test
    void theKeyboardAloneOpensACauseAndItsCases() {
        browser.go(folder.resolve("one.html"));
        browser.find(".cause");

        browser.script("document.querySelector(\"[data-cause='cause listed'] summary\").focus()");
        browser.key(Keys.ENTER);
        browser.find("[data-cause='cause listed'][open] .finding a");
        browser.key(Keys.TAB);
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("f");
        browser.key(Keys.TAB);
        browser.key(Keys.ENTER);

        browser.find("[data-cause='cause listed'] .members[open] li");
    }

    @Test
    void inTwoRunsNewAndGoneCausesComeBeforeCommonOnes() {
        browser.go(folder.resolve("two.html"));
        browser.find(".cause");

        assertThat(browser.texts("#causes h3"))
                .containsExactly(
                        "New causes: 1\nonly in run 2", "Causes gone: 3\nonly in run 1", "Causes in both runs: 1");
        assertThat(browser.texts(".cause > summary"))
                .containsExactly(
                        "✗ failedrun 1: no case · run 2: 1 caseclause.new\nthe client does new",
                        "✗ failedrun 1: 1 case · run 2: no caseclause.middle\nthe client does middle",
                        "! warnedrun 1: 1 case · run 2: no caseclause.small\nthe client does small",
                        "≈ knownrun 1: 1 case · run 2: not judgedclause.listed\nthe client does listed",
                        "✗ failedrun 1: 3 cases · run 2: 1 caseclause.large\nthe client does large");
    }

    @Test
    void inTwoRunsACauseAndItsCasesLinkToEachOther() {
        browser.go(folder.resolve("two.html"));
        browser.find("[data-cause='cause large'] .members summary").click();
        browser.await(
                "the cases of both runs",
                () -> Optional.of(browser.texts("[data-cause='cause large'] .members li"))
                        .filter(List.of(
                                "run 1 ≈ known run 2 ✗ failed b title of b",
                                "run 1 ✗ failed c title of c",
                                "run 1 ✗ failed d title of d")::equals));

        browser.find("[data-cause='cause new'] .finding a").click();
        browser.find("dialog[open] .cause-of a").click();

        browser.find("[data-cause='cause new'][open]");
        awaitFocus("[data-cause='cause new'] > summary");
        assertThat(browser.all("dialog[open]")).isEmpty();
        assertThat(browser.script("return location.hash")).isEqualTo("#cause=cause%20new");
    }

    @Test
    void inThreeRunsEachCauseHasItsNumberOfCasesPerRun() {
        browser.go(folder.resolve("three.html"));
        browser.find(".cause");

        assertThat(browser.all("#causes h3")).isEmpty();
        assertThat(browser.texts(".cause > summary"))
                .contains(
                        "✗ failedrun 1: 3 cases · run 2: 1 case · run 3: not judgedclause.large\nthe client does large",
                        "! warnedrun 1: 1 case · run 2: no case · run 3: no caseclause.small\nthe client does small");
    }

    @Test
    void aCaseWithSeveralRoundsCountsOnceAsItsWorst() throws IOException {
        write(
                "rounds.html",
                run(
                        result("a", Verdict.WARNED, cause("large"), 1),
                        result("a", Verdict.FAILED, cause("large"), 2),
                        result("a", Verdict.PASSED, NONE, 3)));

        browser.go(folder.resolve("rounds.html"));

        browser.find(".cause");
        assertThat(browser.texts(".cause > summary")).containsExactly("✗ 1 failedclause.large\nthe client does large");
    }

    @Test
    void thePageIsAccessible() throws IOException {
        for (String scheme : List.of("light", "dark")) {
            browser.emulate("screen", scheme);
            for (String page : List.of("one.html", "two.html")) {
                browser.go(folder.resolve(page).toUri() + "#cause=cause%20large");
                browser.find("[data-cause='cause large'] .members summary").click();
                browser.find("[data-cause='cause large'] .members li");
                assertThat(browser.accessibilityErrors())
                        .as(page + ", " + scheme)
                        .isEmpty();
            }
        }
        browser.emulate("", "light");
    }

    @Test
    void aPrintoutShowsTheOpenCauses() {
        browser.go(folder.resolve("one.html").toUri() + "#cause=cause%20large");
        browser.find("[data-cause='cause large'][open] .finding");
        browser.emulate("print", "dark");

        assertThat(browser.find("[data-cause='cause large'] .finding").isDisplayed())
                .isTrue();
        assertThat(browser.find("[data-cause='cause listed'] > summary").isDisplayed())
                .isTrue();
        browser.emulate("", "light");
    }

    private static void awaitFocus(String selector) {
        browser.await(
                "the focus at " + selector,
                () -> Optional.of(browser.script("return document.activeElement.matches(arguments[0])", selector))
                        .filter(Boolean.TRUE::equals));
    }
}
