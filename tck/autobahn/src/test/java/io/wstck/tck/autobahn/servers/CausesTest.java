package io.wstck.tck.autobahn.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.report.CauseFindings;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Findings with one reason have one cause, in the events and so in all reports. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class CausesTest {
    @TempDir
    private Path folder;

    private RecordedRun run(ServerFault fault, String... cases) throws Exception {
        try (ScriptedServer server = EchoServer.start(fault)) {
            new JudgedServers(folder).judge(server.url(), List.of(cases), List.of());
        }
        return EventsReader.read(folder.resolve("events.ndjson"));
    }

    private List<List<String>> causes(ServerFault fault, String... cases) throws Exception {
        return CauseFindings.of(run(fault, cases).cases()).stream()
                .map(CauseFindings::ids)
                .toList();
    }

    @Test
    void aBreachOfTheProtocolIsOneCauseInAllSections() throws Exception {
        assertThat(causes(ServerFault.MASKED, "1.1.1", "2.1", "3.1", "7.1.1"))
                .containsExactly(List.of("1.1.1", "2.1", "3.1", "7.1.1"));
    }

    @Test
    void aWrongEndAfterTheRightEventsIsOneCauseInAllSections() throws Exception {
        assertThat(causes(ServerFault.OPEN_TCP, "1.1.1", "1.2.1", "7.7.1"))
                .containsExactly(List.of("1.1.1", "1.2.1", "7.7.1"));
    }

    @Test
    void otherFindingsHaveACauseForEachSubject() throws Exception {
        assertThat(causes(ServerFault.RESERVED_BITS, "3.1", "3.2", "3.3", "1.1.1"))
                .containsExactly(List.of("3.1", "3.2", "3.3"));
        assertThat(causes(ServerFault.WRONG_TYPE, "1.1.1", "1.1.2", "7.1.1", "9.1.1"))
                .containsExactly(List.of("1.1.1", "1.1.2"), List.of("7.1.1"), List.of("9.1.1"));
    }

    @Test
    void aDemandOnHandshakesIsACauseOfItsOwn() throws Exception {
        assertThat(causes(ServerFault.ANY_HANDSHAKE, "14.1.1", "14.1.2", "14.1.4", "14.1.14"))
                .containsExactlyInAnyOrder(List.of("14.1.1", "14.1.2"), List.of("14.1.4"), List.of("14.1.14"));
    }

    /** The codes differ, because the server repeats them. */
    @Test
    void wrongCloseCodesAreOneCause() throws Exception {
        assertThat(causes(ServerFault.ANY_CLOSE_CODE, "7.9.6", "7.9.7", "7.9.8", "7.7.1"))
                .containsExactly(List.of("7.9.6", "7.9.7", "7.9.8"));
    }

    @Test
    void anEventThatWasNotExpectedIsNamed() throws Exception {
        assertThat(run(ServerFault.UNMASKED_ACCEPTED, "14.5.3")
                        .cases()
                        .getFirst()
                        .judgement()
                        .reason())
                .isEqualTo("FAILED: The events are not those expected. Event 4: expected the end of the connection, got"
                        + " pong \"not masked\".");
        assertThat(run(ServerFault.EMPTY_PONG, "2.2")
                        .cases()
                        .getFirst()
                        .judgement()
                        .reason())
                .endsWith("Event 4: expected pong \"Hello, world!\", got pong \"\".");
        assertThat(run(ServerFault.NO_PONG, "2.2")
                        .cases()
                        .getFirst()
                        .judgement()
                        .reason())
                .startsWith("FAILED: The expected events did not come in time. Event 4: expected pong \"")
                .endsWith(", got nothing in time.");
    }

    @Test
    void theSourceOfARequirementIsTheSectionThatBinds() throws Exception {
        assertThat(run(ServerFault.NONE, "7.5.1")
                        .cases()
                        .getFirst()
                        .requirement()
                        .reference())
                .isEqualTo("RFC 6455 §5.5.1, §8.1; Autobahn 7.5.1");
    }
}
