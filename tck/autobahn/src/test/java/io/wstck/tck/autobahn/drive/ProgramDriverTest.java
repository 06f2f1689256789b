package io.wstck.tck.autobahn.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramDriverTest {
    @TempDir
    private Path folder;

    @Test
    void thatAProgramIsKilledIsToldBefore() throws Exception {
        List<String> told = new ArrayList<>();
        URI server = URI.create("ws://127.0.0.1:9001");

        assertThat(new ProgramDriver("sleep 100 #", folder)
                        .run(server, Duration.ofMillis(50), () -> told.add("killed")))
                .isInstanceOf(ProgramDriver.ProgramExit.TimedOut.class);
        assertThat(told).containsExactly("killed");

        assertThat(new ProgramDriver("true", folder).run(server, Duration.ofMinutes(1), () -> told.add("killed again")))
                .isEqualTo(new ProgramDriver.ProgramExit.Exited(0));
        assertThat(told).containsExactly("killed");
    }

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
