package io.wstck.tck.autobahn.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramDriverTest {
    @TempDir
    private Path folder;

    /** More bytes than an array can hold. The file is sparse, so it needs no disk space. */
    @Test
    void onlyTheLastLinesOfAHugeErrorOutputAreRead() throws IOException {
        ProgramDriver driver = new ProgramDriver("true", folder);
        try (RandomAccessFile errors = new RandomAccessFile(driver.errors().toFile(), "rw")) {
            errors.seek(3L << 30);
            errors.write("\nlast but one\nout of luck\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(driver.lastErrors()).endsWith("last but one", "out of luck");
    }
}
