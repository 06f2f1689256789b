package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands list and explain. */
class ListAndExplainTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    @Test
    void listHasALineForEachCaseInColumns() {
        assertThat(shell.run("list")).isZero();

        assertThat(shell.out().lines().count()).isGreaterThan(100);
        assertThat(shell.out().lines())
                .anyMatch(line -> line.matches(
                        "close\\.default-code +close\\.default +must +close\\(\\) without arguments sends 1000.*"));
    }

    @Test
    void anAutobahnCaseIsExplainedForBothSides() {
        assertThat(shell.run("explain", "7.5.1")).as(shell.err()).isZero();

        assertThat(shell.out())
                .startsWith("7.5.1  A close frame whose reason is not valid UTF-8.\n")
                .contains(
                        "\nsource       RFC 6455 §5.5.1, §8.1\n",
                        "\na client must The client fails the connection at the close frame.\n",
                        "\na server must The server fails the connection at the close frame.\n",
                        "\n  events     OK: text message \"alive? 1\", ",
                        "\n  ending     the server fails the connection at the client's close frame: 1002 or 1007",
                        "\nlast run     none recorded at " + folder + "/target/wstck-autobahn/events.ndjson\n",
                        "\nfor clients  ./wstck autobahn-run --driver ./my-driver --cases 7.5.1\n")
                .endsWith("\nfor servers  ./wstck autobahn-run --server ws://127.0.0.1:9001 --cases 7.5.1\n");
    }

    @Test
    void theExplanationOfAnAutobahnCaseHasItsLastRun() {
        assertThat(shell.run("autobahn-run", "--cases", "1.1.1")).isZero();
        assertThat(shell.run("explain", "autobahn.1.1.1")).isZero();

        assertThat(shell.out()).contains("\nlast run     PASSED, ").containsPattern("←  TEXT 0 bytes\n");
    }

    @Test
    void aSectionOfAutobahnCasesIsListed() {
        assertThat(shell.run("explain", "14.5")).isZero();
        assertThat(shell.out()).hasLineCount(5).startsWith("14.5.1  A text message that is not masked.\n");

        assertThat(shell.run("explain", "8.1.1")).isEqualTo(2);
        assertThat(shell.err()).contains("expected the number of an Autobahn case or of a section");
        assertThat(shell.run("explain", "7.5.1", "--curl")).isEqualTo(2);
    }

    @Test
    void listTakesOnlySkipAndLevel() {
        assertThat(shell.run(
                        "list",
                        "--only",
                        "close.default",
                        "--only",
                        "ping.*",
                        "--skip",
                        "ping.*",
                        "--level",
                        "must,rfc"))
                .isZero();

        assertThat(shell.out().lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("\\S+ +close\\.default +(must|rfc) .*"));
    }

    @Test
    void listClausesCountsTheCasesOfEach() {
        assertThat(shell.run("list", "--clauses")).isZero();
        assertThat(shell.out().lines())
                .anyMatch(line -> line.matches("close\\.default +must +[1-9]\\d* +`close\\(\\)` sends 1000.*"));
        long all = shell.out().lines().count();

        assertThat(shell.run("list", "--clauses", "--only", "close.default")).isZero();
        assertThat(shell.out().lines().count()).isEqualTo(1).isLessThan(all);
    }

    @Test
    void explainPrintsACase() {
        assertThat(shell.run("explain", "close.default-code")).isZero();

        assertThat(shell.out())
                .startsWith("close.default-code  close() without arguments sends 1000")
                .contains(
                        "level        must\n",
                        "clause       close.default\n",
                        "requirement  `close()` sends 1000 and returns")
                .contains("source       documentation, Closing")
                .containsPattern("case         api/closing\\.lua:\\d+\n    .*case")
                .contains("last run     none recorded at " + folder.resolve("target/wstck/events.ndjson"))
                .endsWith("rerun        ./wstck run --only close.default-code\n");
    }

    @Test
    void explainPrintsAClause() {
        assertThat(shell.run("explain", "close.out-of-range")).isZero();

        assertThat(shell.out())
                .startsWith("close.out-of-range  Closing")
                .contains("level        should")
                .contains("accepts      ")
                .endsWith("rerun        ./wstck run --only close.out-of-range\n");
    }

    @Test
    void explainQuotesTheBasisOfAClause() {
        assertThat(shell.run("explain", "rfc6455.framing.masked")).isZero();
        assertThat(shell.out())
                .contains("basis        client-must, RFC 6455 §5.1: \"A client MUST close a connection if it detects a"
                        + " masked frame.\"\n");

        assertThat(shell.run("explain", "control.length-ping-126")).isZero();
        assertThat(shell.out())
                .contains("basis        meaningless (a control frame has more than 125 bytes), RFC 6455 §5.5: \"All"
                        + " control frames MUST");
    }

    @Test
    void anUnknownIdIsReportedWithTheNearestNames() {
        assertThat(shell.run("explain", "close.defualt-code")).isEqualTo(2);

        assertThat(shell.err())
                .startsWith("wstck: expected the id of a case or a clause, got \"close.defualt-code\"; the nearest are"
                        + " close.default-code, ")
                .hasLineCount(1);
    }

    @Test
    void aPartOfANameIsNearestToTheNamesThatHaveIt() {
        assertThat(shell.run("explain", "default-code")).isEqualTo(2);
        assertThat(shell.err()).contains("the nearest are close.default-code, ");
    }
}
