package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.report.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong command line prints one sentence on standard error, ends with status 2, and runs nothing. */
class UsageTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run --colour | Unknown option: '--colour'",
                "run --jobs 0 | expected an integer from 1 to 1000, got \"0\"",
                "run --jobs many | expected an integer from 1 to 1000, got \"many\"",
                "run --jobs 2000000000 | expected an integer from 1 to 1000, got \"2000000000\"",
                "run --repeat -1 | expected an integer from 1 to 10000, got \"-1\"",
                "run --repeat 10001 | expected an integer from 1 to 10000, got \"10001\"",
                "run --repeat 2000000000 | expected an integer from 1 to 10000, got \"2000000000\"",
                "run --seed x | expected an integer from -9223372036854775808 to 9223372036854775807, got \"x\"",
                "run --client other | expected bundled, got \"other\"",
                "run --level must,nice | expected a level (must, rfc, should, may), got \"nice\"",
                "run --only no.such* | expected a pattern that matches a case or clause id, got \"no.such*\"",
                "run --only close.* --skip * | expected at least one case to be left",
                "run --cases nowhere | expected a folder, found none at",
                "list --only no.such | expected a pattern that matches a case or clause id, got \"no.such\"",
                "serve --port 70000 | expected an integer from 0 to 65535, got \"70000\"",
                "explain | Missing required parameter: 'ID'",
                "dance | Unmatched argument",
            })
    void aWrongCommandLineIsOneSentence(String line, String sentence) {
        int status = shell.run(line.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(shell.err()).startsWith("wstck: ").contains(sentence).hasLineCount(1);
        assertThat(shell.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void noCommandAtAllSaysWhatToDoNextOnOneScreen() {
        assertThat(shell.run()).isEqualTo(2);

        assertThat(shell.out()).isEmpty();
        assertThat(shell.err().lines())
                .hasSizeLessThanOrEqualTo(24)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60))
                .contains("  ./wstck run --agent 'python3 agent.py'", "  ./wstck wstest -m fuzzingserver")
                .endsWith("All commands: ./wstck --help");
    }

    @Test
    void thePagesOfTheNextStepsExistAndTheirCommandsAreCommands() {
        shell.run();
        List<String> lines = shell.err().lines().toList();
        shell.run("--help");
        String help = shell.out();

        List<String> pages = lines.stream()
                .filter(line -> line.endsWith(".md)"))
                .map(line -> line.replaceFirst(".*\\((.*)\\)$", "$1"))
                .toList();
        assertThat(pages)
                .hasSize(6)
                .allSatisfy(page -> assertThat(Path.of("..", "..", page)).isRegularFile());
        assertThat(lines.stream().filter(line -> line.startsWith("  ./wstck ")))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(help).contains("\n  " + line.replaceFirst(".*wstck (\\S+).*", "$1") + " "));
    }

    @Test
    void aReportFolderThatIsAFileIsOneSentenceAndNothingIsRun() throws IOException {
        Files.writeString(folder.resolve("taken"), "");

        int status = shell.run("run", "--only", "close.default", "--report", "taken");

        assertThat(status).isEqualTo(2);
        assertThat(shell.err())
                .isEqualTo("wstck: --report: expected a folder, or room for one, at " + folder.resolve("taken")
                        + ", found neither\n");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void anInvalidCaseFileIsOneSentenceWithThePosition() throws IOException {
        Files.writeString(folder.resolve("bad.lua"), "case \"a.b\" {\n  clause = \"no.such.clause\",\n}\n");

        int status = shell.run("run", "--cases", folder.toString());

        assertThat(status).isEqualTo(2);
        assertThat(shell.err())
                .startsWith("wstck: bad.lua:")
                .contains("no.such.clause")
                .hasLineCount(1);
    }

    @Test
    void theVersionIsTheBuildsNotAPlaceholder() {
        assertThat(shell.run("--version")).isZero();
        assertThat(shell.out()).matches("wstck \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    void wordsWithShellCharactersAreQuoted() {
        assertThat(List.of("close.default", "a b", "it's", "*").stream().map(ShellWord::quote))
                .containsExactly("close.default", "'a b'", "'it'\\''s'", "'*'");
    }
}
