package io.wstck.tck.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.client.BrokenClient;
import com.example.client.BrokenClient.Defect;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judges clients whose calls hang or crash: every case still gets its test, and the reports are written. */
@Execution(ExecutionMode.CONCURRENT)
class BrokenClientCertificationTest {
    /** Makes every connection defective, because no case of the kit offers the subprotocol that triggers the defect. */
    private static final String ALL = "*";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RELEASE_NEVER_RETURNS | closing the client's session had not returned | send.returns-text, send.returns-binary",
                "CONNECT_INTERRUPTS_CALLER | the thread was interrupted while the script ran | send.returns-text, send.returns-binary",
                "CLIENT_CLOSE_NEVER_RETURNS | expected the client's close() to return within 10 s, but it has not returned: thread \"client- | the client closes",
            })
    void aClientThatDoesNotComeBackFailsTestsAndLeavesItsReports(Defect defect, String sentence, String failing)
            throws Exception {
        BrokenClient client = new BrokenClient(defect, ALL);
        try {
            List<DynamicTest> tests = tests(new Certified(client, folder, Optional.of(Profile.API)).cases().stream())
                    .toList();

            assertThat(tests)
                    .extracting(DynamicNode::getDisplayName)
                    .contains("send.returns-text", "send.returns-binary");
            List<String> failed = List.of(failing.split(", "));
            for (DynamicTest test : tests) {
                if (failed.contains(test.getDisplayName())) {
                    assertThatThrownBy(() -> test.getExecutable().execute())
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining(sentence);
                } else {
                    run(test);
                }
            }
            assertThat(EventsReader.read(folder.resolve("events.ndjson")).cases())
                    .extracting(CaseFinished::id)
                    .containsExactlyInAnyOrder("send.returns-text", "send.returns-binary");
            assertThat(folder.resolve("report.html")).exists();
        } finally {
            client.letReturn();
        }
    }

    @Test
    void byDefaultAFailedDocumentedCaseIsAWarningAndItsTestPasses() throws Exception {
        BrokenClient client = new BrokenClient(Defect.CONNECT_INTERRUPTS_CALLER, ALL);

        tests(new Certified(client, folder, Optional.empty()).cases().stream())
                .forEach(BrokenClientCertificationTest::run);

        RecordedRun run = EventsReader.read(folder.resolve("events.ndjson"));
        assertThat(run.started().profile()).isEqualTo(Profile.PROTOCOL);
        assertThat(run.cases()).extracting(CaseFinished::verdict).containsExactly(Verdict.WARNED, Verdict.WARNED);
    }

    private static void run(DynamicTest test) {
        try {
            test.getExecutable().execute();
        } catch (Throwable e) {
            throw new AssertionError("expected " + test.getDisplayName() + " to pass", e);
        }
    }

    private static Stream<DynamicTest> tests(Stream<? extends DynamicNode> nodes) {
        return nodes.flatMap(node -> switch (node) {
            case DynamicContainer container -> tests(container.getChildren());
            case DynamicTest test -> Stream.of(test);
            default -> throw new IllegalStateException("expected a container or a test, got " + node);
        });
    }

    /** The subclass of a user's build. JUnit does not discover it. */
    private static final class Certified extends ClientCertification {
        private final CalledClient client;
        private final Path folder;
        private final Optional<Profile> chosen;

        private Certified(CalledClient client, Path folder, Optional<Profile> chosen) {
            this.client = client;
            this.folder = folder;
            this.chosen = chosen;
        }

        @Override
        protected CalledClient client() {
            return client;
        }

        @Override
        protected Profile profile() {
            return chosen.orElseGet(super::profile);
        }

        @Override
        protected Path reports() {
            return folder;
        }

        @Override
        protected Optional<Path> known() {
            return Optional.empty();
        }

        @Override
        protected Selection selection() {
            return new Selection(List.of("send.returns*"), List.of(), Set.of());
        }
    }
}
