package io.wstck.tck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Plays every input of the seed corpus against its target, without Jazzer. */
@Timeout(120)
class SeedCorpusTest {
    private static final SeedCorpus KEPT = SeedCorpus.ofProject();

    @Test
    void everyTargetHasAFolderAndEveryFolderATarget() throws IOException {
        assertThat(KEPT.folders()).containsExactlyInAnyOrderElementsOf(FuzzTargets.names());
    }

    @TestFactory
    Stream<DynamicContainer> noSeedIsAFinding() {
        return FuzzTargets.ALL.stream().map(target -> DynamicContainer.dynamicContainer(target.name(), inputs(target)));
    }

    private static Stream<DynamicTest> inputs(NamedTarget target) {
        try {
            FuzzTarget opened = target.open();
            assertThat(KEPT.files(target)).isNotEmpty();
            return KEPT.files(target).stream()
                    .map(file -> DynamicTest.dynamicTest(name(file), () -> opened.play(Files.readAllBytes(file))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read the inputs of " + target.name(), e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
