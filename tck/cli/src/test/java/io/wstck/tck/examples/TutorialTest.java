package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A reader who follows docs/tutorial.md to the letter sees what it promises. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(600)
class TutorialTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void requirePython() throws InterruptedException {
        Tutorial.requirePython();
    }

    @Test
    void eachStepPrintsWhatThePageShows() throws Exception {
        assertThat(new Tutorial(folder).follow()).isGreaterThan(7);
    }
}
