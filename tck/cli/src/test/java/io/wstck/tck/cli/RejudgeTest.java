package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Judges the evidence of a run again without a client. */
@Execution(ExecutionMode.CONCURRENT)
class RejudgeTest {
    private static final String CASES = """
            case "echo.passes" {
              clause = "close.default", title = "sends 1000", server = echo,
              client = function(t)
                local client = t:connect()
                t:alive(client)
                t:returns({ true }, client:close())
              end,
              wire = function(w) w:client_closed { code = 1000, reason = "" } end,
            }
            case "echo.fails" {
              clause = "close.default", title = "sends 1001", server = echo,
              client = function(t)
                local client = t:connect()
                t:alive(client)
                client:close()
              end,
              wire = function(w) w:client_closed { code = 1001 } end,
            }
            case "alone.fails" {
              clause = "module.load", title = "one is two",
              client = function(t) t:equal(2, 1, "one") end,
            }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() throws IOException {
        shell = new Shell(folder);
        Files.createDirectory(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/a.lua"), CASES);
    }

    @Test
    void theEvidenceOfARunGivesTheSameVerdicts() {
        assertThat(shell.run("run", "--cases", "cases")).isEqualTo(1);

        assertThat(shell.run("rejudge", "--cases", "cases")).isZero();

        assertThat(shell.out()).isEqualTo("verdicts: 3 the same, 0 different\n");
    }

    @Test
    void evidenceOfShippedCasesGivesTheSameVerdicts() {
        assertThat(shell.run("run", "--only", "close.*", "--only", "ping.*")).isZero();

        assertThat(shell.run("rejudge")).isZero();
        assertThat(shell.out()).containsPattern("^verdicts: \\d{2,} the same, 0 different\n$");
    }

    @Test
    void aDifferentVerdictIsListedAndIsStatusOne() throws Exception {
        shell.run("run", "--cases", "cases");
        Files.writeString(
                folder.resolve("cases/a.lua"),
                CASES.replace("code = 1000", "code = 4000").replace("alone.fails", "alone.renamed"));

        assertThat(shell.run("rejudge", "--cases", "cases")).isEqualTo(1);

        assertThat(shell.out())
                .containsPattern("echo.passes  was PASSED, is now FAILED: a.lua:8: on the wire, client_closed")
                .contains("alone.fails  was FAILED, is now no such case\n")
                .contains("verdicts: 1 the same, 2 different\n")
                .contains("cases are in files whose text has changed since the run\n");
    }

    @Test
    void aKnownDeviationIsEvidenceOfAFailure() throws Exception {
        shell.run("run", "--cases", "cases");
        shell.run("known", "-o", "known.yaml");
        assertThat(shell.run("run", "--cases", "cases", "--known", "known.yaml"))
                .isZero();

        assertThat(shell.run("rejudge", "--cases", "cases")).isZero();
    }

    @Test
    void aJournalThatWasChangedIsRefusedByBothHashes() throws Exception {
        shell.run("run", "--cases", "cases");
        edit(text -> text.replaceFirst("\"opcode\":8", "\"opcode\":9"));

        assertThat(shell.run("rejudge", "--cases", "cases")).isEqualTo(3);

        assertThat(shell.err())
                .containsPattern("evidence\\.ndjson\\.gz:\\d: the journal of echo\\.\\w+ was changed:"
                        + " expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}\n$");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void evidenceThatIsCutOrOfANewerKitIsRefused() throws Exception {
        shell.run("run", "--cases", "cases");
        byte[] whole = Files.readAllBytes(evidence());

        Files.write(evidence(), Arrays.copyOf(whole, whole.length / 2));
        assertThat(shell.run("rejudge", "--cases", "cases")).isEqualTo(3);
        assertThat(shell.err()).contains("evidence.ndjson.gz is truncated: expected evidence-finished after its ");

        Files.write(evidence(), whole);
        edit(text -> text.replace("\"version\":1,\"kit\"", "\"version\":7,\"kit\""));
        assertThat(shell.run("rejudge", "--cases", "cases")).isEqualTo(3);
        assertThat(shell.err()).contains("this evidence has version 7 and comes from a newer kit");

        edit(text -> "x".repeat(5 << 20));
        assertThat(shell.run("rejudge", "--cases", "cases")).isEqualTo(3);
        assertThat(shell.err()).contains("expected a line of at most 4194304 characters, found a longer one");

        Files.writeString(evidence(), "hello");
        assertThat(shell.run("rejudge", "--cases", "cases")).isEqualTo(3);
        assertThat(shell.err())
                .contains("expected evidence, compressed by gzip")
                .hasLineCount(1);
    }

    @Test
    void aRunThatKeepsNoEvidenceDeletesThatOfAnEarlierOne() {
        shell.run("run", "--cases", "cases");
        shell.run("run", "--cases", "cases", "--no-evidence");

        assertThat(shell.run("rejudge", "--cases", "cases")).isEqualTo(2);
        assertThat(shell.err()).contains("expected the evidence of a run at ", ", found no file");
    }

    private Path evidence() {
        return folder.resolve("target/wstck/evidence.ndjson.gz");
    }

    private void edit(UnaryOperator<String> change) throws IOException {
        String text;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(evidence()))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String changed = change.apply(text);
        assertThat(changed).isNotEqualTo(text);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(evidence()))) {
            out.write(changed.getBytes(StandardCharsets.UTF_8));
        }
    }
}
