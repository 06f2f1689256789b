package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares recorded runs. */
class DiffTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    @Test
    void changesAreGroupedAndARegressionIsStatusOne() throws Exception {
        run("old", "same=2", "breaks=2", "mends=3", "moves=3", "gone=2");
        run("new", "same=2", "breaks=4", "mends=2", "moves=5", "added=2");

        assertThat(shell.run("diff", "old", "new/events.ndjson")).isEqualTo(1);

        assertThat(shell.out())
                .contains("before: wstck-client ", "\nafter: wstck-client ")
                .contains("""

                newly failing: 1
                  sum.breaks  PASSED → FAILED
                      sums.lua:5: in the script, equal; expected the sum: 4; got the sum: 2

                newly passing: 1
                  sum.mends  FAILED → PASSED

                changed: 1
                  sum.moves  FAILED, in another way
                      sums.lua:5: in the script, equal; expected the sum: 5; got the sum: 2

                added: 1
                  sum.added  PASSED

                gone: 1
                  sum.gone  PASSED

                regression: 1 case newly failing, 1 unchanged
                """);
    }

    @Test
    void markupIsPrintedUnchanged() throws Exception {
        for (String report : List.of("old", "new")) {
            Files.createDirectories(folder.resolve("cases"));
            Files.writeString(
                    folder.resolve("cases/text.lua"), """
                    case "text" {
                      clause = "module.load", title = "a text",
                      client = function(t) t:equal("<a> & 'b'", "%s", "the text") end,
                    }
                    """.formatted(report.equals("old") ? "<a> & 'b'" : "<i>"));
            shell.run("run", "--cases", "cases", "--report", report);
        }

        assertThat(shell.run("diff", "old", "new")).isEqualTo(1);
        assertThat(shell.out()).contains("expected the text: \"<a> & 'b'\"; got the text: \"<i>\"");

        assertThat(shell.run("diff", "--format", "markdown", "old", "new")).isEqualTo(1);
        assertThat(shell.out()).contains("&#60;i&#62;").doesNotContain("<i>");
    }

    @Test
    void withoutARegressionTheStatusIsZero() throws Exception {
        run("old", "a=3", "b=2");
        run("new", "a=2", "b=2", "c=3");

        assertThat(shell.run("diff", "old", "new")).isZero();

        assertThat(shell.out()).contains("added: 1\n  sum.c  FAILED\n").endsWith("no regression, 1 unchanged\n");
    }

    @Test
    void aNewCauseIsPrintedAboveTheCases() throws Exception {
        run("old", "a=2");
        run("new", "a=3");

        shell.run("diff", "old", "new");

        assertThat(shell.out())
                .containsSubsequence("new causes: 1\n  module.load  1 case\n      ", "\n\nnewly failing: 1\n")
                .doesNotContain("causes gone");
    }

    @Test
    void theComparisonCanBeMarkdown() throws Exception {
        run("old", "a=2");
        run("new", "a=3");

        assertThat(shell.run("diff", "--format", "markdown", "old", "new")).isEqualTo(1);

        assertThat(shell.out())
                .contains(
                        "### newly failing: 1\n\n| case | verdict | finding |\n|---|---|---|\n| sum.a | PASSED → FAILED | ")
                .endsWith("**regression: 1 case newly failing, 0 unchanged**\n");
    }

    @Test
    void threeRunsAreAMatrixOfClausesByRuns() throws Exception {
        run("one", "a=2", "b=2");
        run("two", "a=2", "b=3");
        run("three", "a=2");

        assertThat(shell.run("diff", "one", "two", "three")).isZero();

        assertThat(shell.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        " [1] [2] [3]",
                        "Module and constants 2✓ 1✗ 1✓ 1✓",
                        " module.load 2✓ 1✗ 1✓ 1✓",
                        "all 2✓ 1✗ 1✓ 1✓",
                        "causes 0 1 0");
        assertThat(shell.run("diff", "--format", "markdown", "one", "two", "three"))
                .isZero();
        assertThat(shell.out())
                .contains("|---|--:|--:|--:|\n", "| module.load | 2✓ | 1✗ 1✓ | 1✓ |\n", "| **causes** | 0 | 1 | 0 |\n");
    }

    @Test
    void clausesWithoutAFindingAreOneLineOfTheirSection() throws Exception {
        run("one", "a=2");

        assertThat(shell.run("diff", "one", "one", "one")).isZero();

        assertThat(shell.out()).contains("Module and constants").doesNotContain("module.load");
    }

    @Test
    void aTruncatedFileIsStatusThreeAndAMissingOneStatusTwo() throws Exception {
        run("one", "a=2");
        List<String> lines = Files.readAllLines(folder.resolve("one/events.ndjson"));
        Files.write(folder.resolve("cut.ndjson"), lines.subList(0, 2));
        Files.writeString(folder.resolve("empty.ndjson"), "");
        Files.writeString(folder.resolve("other.ndjson"), "hello\n");
        Files.writeString(
                folder.resolve("newer.ndjson"),
                String.join("\n", lines).replaceFirst("\"version\":\\d+", "\"version\":99") + "\n");

        assertBad("cut.ndjson", 3, "cut.ndjson is truncated: expected run-finished after its 1 of 1 cases");
        assertBad("empty.ndjson", 3, "empty.ndjson: expected run-started in the first line, found an empty file");
        assertBad("other.ndjson", 3, "other.ndjson:1: expected a JSON object, found hello");
        assertBad("newer.ndjson", 3, "newer.ndjson:1: these events have version 99 and come from a newer kit");
        assertBad("none.ndjson", 2, "none.ndjson, found no file");
    }

    private void assertBad(String file, int status, String sentence) {
        assertThat(shell.run("diff", "one", file)).isEqualTo(status);
        assertThat(shell.err()).contains(sentence).hasLineCount(1);
        assertThat(shell.out()).isEmpty();
    }

    private void run(String report, String... cases) throws Exception {
        SumCases.write(folder, cases);
        shell.run("run", "--cases", "cases", "--report", report);
    }
}
