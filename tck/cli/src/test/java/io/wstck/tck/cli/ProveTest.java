package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command prove: a line per fault, a summary and the exit status. */
class ProveTest {
    private static final String CHECKED = """
            case "text" {
              clause = "send.text", title = "text arrives as text", server = echo,
              client = function(t)
                local client = t:connect()
                client:send("hello")
                t:message("text", "hello", client:channel():receive())
              end,
            }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    @Test
    void aFaultThatIsCaughtIsALineWithItsCases() throws IOException {
        cases(CHECKED);

        assertThat(shell.run("prove", "--cases", ".", "--only", "send.text-as-binary"))
                .isZero();
        assertThat(shell.out().lines())
                .contains("send.text-as-binary: caught by 1 case: text")
                .last()
                .asString()
                .matches(
                        "1 fault in .* s: 1 caught, 0 survivors, 0 unproven; 0 cases passed by 0 null clients; 0 told as more than 3 causes");
    }

    @Test
    void aSurvivorIsStatusOne() throws IOException {
        cases(CHECKED.replace(
                "t:message(\"text\", \"hello\", client:channel():receive())", "t:ok((client:channel():receive()))"));

        assertThat(shell.run("prove", "--cases", ".", "--only", "send.text-as-binary"))
                .isEqualTo(1);
        assertThat(shell.out())
                .contains("send.text-as-binary: SURVIVOR, text is sent as binary, and no case of send.text notices");
    }

    @Test
    void aNullClientThatPassesACaseIsStatusOne() throws IOException {
        cases("""
                case "vacuous" {
                  clause = "send.text", title = "connecting works", server = echo { listener = "own" },
                  client = function(t) t:connect() end,
                }
                """);

        assertThat(shell.run("prove", "--cases", ".", "--only", "null.*")).isEqualTo(1);
        assertThat(shell.out())
                .contains(
                        "null.drops-tcp: PASSES 1 case: vacuous",
                        "null.never-sends: PASSES 1 case: vacuous",
                        "null.mirror: passes none of 1 cases");
    }

    @Test
    void aBaselineThatFailsIsStatusThree() throws IOException {
        cases(CHECKED.replace("\"text\", \"hello\", client", "\"text\", \"goodbye\", client"));

        assertThat(shell.run("prove", "--cases", ".", "--only", "send.text-as-binary"))
                .isEqualTo(3);
        assertThat(shell.out()).contains("send.text-as-binary: UNPROVEN, does not pass without it: text (");
    }

    @Test
    void theListPlaysNothingAndNamesUnprovenClauses() {
        assertThat(shell.run("prove", "--list", "--only", "send.text-as-binary"))
                .isZero();
        assertThat(shell.out())
                .contains("send.text-as-binary: text is sent as binary; breaks send.text")
                .contains("  send.binary (must)")
                .doesNotContain("control:");
        assertThat(shell.out().substring(0, shell.out().indexOf("documented clauses")))
                .doesNotContain("  send.text (must)");
    }

    @Test
    void theListMarksExclusiveFaults() {
        assertThat(shell.run("prove", "--list", "--only", "send.line-breaks-changed"))
                .isZero();
        assertThat(shell.out())
                .contains("send.line-breaks-changed: CR LF in a text is sent as LF; breaks send.text (exclusive)")
                .doesNotContain("  send.text (must)");
    }

    @Test
    void anExclusiveFaultThatOtherClausesNoticeIsStatusOne() throws IOException {
        String text = CHECKED.replace("hello", "one\\r\\ntwo");
        cases(text + text.replace("\"text\" {", "\"other\" {").replace("send.text", "receive.message"));

        assertThat(shell.run("prove", "--exclusive", "--cases", ".", "--only", "send.line-breaks-changed"))
                .isEqualTo(1);
        assertThat(shell.out()).contains("send.line-breaks-changed: DECLARED EXCLUSIVE, but also noticed by: other");
    }

    @Test
    void anExclusiveFaultThatOnlyItsClauseNoticesIsStatusZero() throws IOException {
        cases(CHECKED.replace("hello", "one\\r\\ntwo")
                + CHECKED.replace("\"text\" {", "\"other\" {").replace("send.text", "receive.message"));

        assertThat(shell.run("prove", "--exclusive", "--cases", ".", "--only", "send.line-breaks-changed"))
                .isZero();
        assertThat(shell.out()).contains("send.line-breaks-changed: noticed only by send.text (");
    }

    @Test
    void aPatternThatMatchesNothingIsAUsageError() {
        assertThat(shell.run("prove", "--only", "no.such")).isEqualTo(2);
        assertThat(shell.err()).contains("got \"no.such\", which matches none").hasLineCount(1);
    }

    private void cases(String lua) throws IOException {
        Files.writeString(folder.resolve("cases.lua"), lua);
    }
}
