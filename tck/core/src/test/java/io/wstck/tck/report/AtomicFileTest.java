package io.wstck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests the atomic replacement of files. */
@Timeout(60)
class AtomicFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeTheEarlierContent() throws IOException {
        file = folder.resolve("report.md");
        Files.writeString(file, "earlier");
    }

    @Test
    void aReaderSeesTheEarlierContentUntilTheNewOneIsWhole() throws Exception {
        AtomicFile.replace(file, out -> {
            out.write(bytes("new"));
            out.flush();
            assertThat(file).hasContent("earlier");
        });

        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("report.md");
    }

    @Test
    void aFailedWriteKeepsTheEarlierContentAndNothingElse() throws Exception {
        assertThatThrownBy(() -> AtomicFile.replace(file, out -> {
                    out.write(bytes("half"));
                    out.flush();
                    throw new IOException("no space left");
                }))
                .hasMessage("no space left");

        assertThat(file).hasContent("earlier");
        assertThat(names()).containsExactly("report.md");
    }

    @Test
    void createDoesNotReplaceAFile() throws Exception {
        assertThatThrownBy(() -> AtomicFile.create(file, out -> out.write(bytes("new"))))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("earlier");

        assertThatThrownBy(() -> AtomicFile.create(folder.resolve("other"), _ -> {
                    throw new IOException("no space left");
                }))
                .hasMessage("no space left");
        assertThat(names()).containsExactly("report.md");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkStaysALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("report.md"));

        AtomicFile.replace(link, out -> out.write(bytes("new")));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPipeStaysAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();

        AtomicFile.replace(pipe, out -> out.write(bytes("new")));

        assertThat(reader.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("new");
        assertThat(reader.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList().stream();
        }
    }
}
