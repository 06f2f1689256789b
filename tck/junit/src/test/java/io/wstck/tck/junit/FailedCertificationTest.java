package io.wstck.tck.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.known.KnownFileException;
import io.wstck.tck.machine.FolderSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certification that cannot begin keeps the reports of an earlier run. */
class FailedCertificationTest {
    @TempDir
    private Path folder;

    @Test
    void aClientThatCannotBeCreatedKeepsTheReportsOfAnEarlierRun() throws Exception {
        assertUntouched(new Certification(folder, Optional.empty()), IllegalStateException.class);
    }

    @Test
    void anUnreadableListKeepsTheReportsToo() throws Exception {
        assertUntouched(
                new Certification(folder, Optional.of(folder.resolve("nowhere.yaml"))), KnownFileException.class);
    }

    private void assertUntouched(Certification certification, Class<? extends Exception> failure) throws Exception {
        for (String name : List.of("events.ndjson", "junit.xml", "report.html", "evidence.ndjson.gz", "notes.txt")) {
            Files.writeString(folder.resolve(name), "earlier " + name);
        }
        SortedMap<String, String> before = FolderSnapshot.of(folder);

        assertThatThrownBy(certification::cases).isInstanceOf(failure);

        assertThat(FolderSnapshot.of(folder)).isEqualTo(before);
    }

    /** Nested and private, so that JUnit does not discover it. */
    private static final class Certification extends ClientCertification {
        private final Path folder;
        private final Optional<Path> known;

        Certification(Path folder, Optional<Path> known) {
            this.folder = folder;
            this.known = known;
        }

        @Override
        protected CalledClient client() throws IOException {
            throw new IllegalStateException("no such client");
        }

        @Override
        protected Optional<Path> known() {
            return known;
        }

        @Override
        protected Path reports() {
            return folder;
        }
    }
}
