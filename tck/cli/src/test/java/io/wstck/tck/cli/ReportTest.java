package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renders reports from recorded events. */
class ReportTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void recordARun() throws Exception {
        shell = new Shell(folder);
        SumCases.write(folder, "a=2", "b=3");
        shell.run("run", "--cases", "cases");
    }

    @Test
    void aRunWritesEveryReportAndTheEventsSufficeToRenderThem() throws Exception {
        Path reports = folder.resolve("target/wstck");
        for (String name : new String[] {"junit.xml", "report.md", "badge.svg"}) {
            String written = Files.readString(reports.resolve(name));
            Files.delete(reports.resolve(name));

            assertThat(shell.run("report")).isZero();

            assertThat(reports.resolve(name)).hasContent(written);
        }
    }

    @Test
    void oneFormatGoesToAFileOrToStandardOutput() throws Exception {
        assertThat(shell.run("report", "target/wstck/events.ndjson", "--format", "badge", "-o", "b.svg"))
                .isZero();
        assertThat(Files.readString(folder.resolve("b.svg"))).startsWith("<svg").contains("not conformant");

        assertThat(shell.run("report", "--format", "markdown", "-o", "-")).isZero();
        assertThat(shell.out()).startsWith("## ❌ wstck: not conformant\n");
    }

    @Test
    void aRunThatCannotBeRenderedIsOneSentence() {
        assertThat(shell.run("report", "--format", "pdf")).isEqualTo(2);
        assertThat(shell.err())
                .contains("--format: expected one of junit, markdown, badge")
                .contains("got \"pdf\"");
        assertThat(shell.run("report", "-o", "x")).isEqualTo(2);
        assertThat(shell.err()).contains("-o: expected --format as well, got none");
        assertThat(shell.run("report", "nowhere")).isEqualTo(2);
        assertThat(shell.err()).contains("expected the events of a run at ", "nowhere, found no file");
        assertThat(shell.run("report", "--format", "junit", "target/wstck", "target/wstck"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--format: expected one run for junit, got 2");
    }
}
