package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.ConnectOptions;
import io.wstck.client.WebSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Tests the bundled client with the Autobahn cases. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class BundledClientTest {
    /**
     * If a message and a violation arrive together, the client may fail the connection before it echoes the message,
     * also in strict mode.
     */
    private static final List<String> RACES =
            List.of("3.2", "3.3", "3.4", "4.1.3", "4.1.4", "4.1.5", "4.2.3", "4.2.4", "4.2.5", "5.15", "7.1.6");

    @Test
    void itPassesSectionsOneToSevenAndTenInBothModes() throws Exception {
        try (CasePlayingServer server = CasePlayingServer.open()) {
            List<AutobahnCase> cases = server.corpus().select(List.of("*"), List.of("9.*", "12.*", "13.*"));
            List<AutobahnResult> results = play(server, cases, EchoClient.plain(), Strictness.ORIGINAL);
            assertThat(results).hasSize(247);
            for (AutobahnResult result : results) {
                String id = result.id().toString();
                AutobahnVerdict behavior = RACES.contains(id) && result.behavior() == AutobahnVerdict.NON_STRICT
                        ? AutobahnVerdict.OK
                        : result.behavior();
                boolean open = id.startsWith("7.13.");
                assertThat(behavior)
                        .as("%s", result)
                        .isEqualTo(open ? AutobahnVerdict.INFORMATIONAL : AutobahnVerdict.OK);
                assertThat(result.behaviorClose())
                        .as("%s", result)
                        .isEqualTo(open ? AutobahnVerdict.INFORMATIONAL : AutobahnVerdict.OK);
                assertThat(server.result(result.id(), Strictness.STRICT).passed())
                        .as("strict: %s", result)
                        .isTrue();
            }
        }
    }

    @Test
    void itFailsConnectionsWithACloseCodeAsStrictModeDemands() throws Exception {
        try (CasePlayingServer server = CasePlayingServer.open()) {
            List<AutobahnCase> cases =
                    server.corpus().select(List.of("2.5", "3.1", "4.*.1", "5.9", "6.3.*", "7.9.*"), List.of());
            assertOk(play(server, cases, EchoClient.plain(), Strictness.STRICT));
        }
    }

    @Test
    void itPassesTheLimitCasesWithoutTheLargestMessages() throws Exception {
        try (CasePlayingServer server = CasePlayingServer.open()) {
            List<AutobahnCase> cases =
                    server.corpus().select(List.of("9.1.1", "9.2.2", "9.3.3", "9.5.4", "9.7.3", "9.8.1"), List.of());
            assertOk(play(server, cases, EchoClient.plain(), Strictness.STRICT));
        }
    }

    @Test
    void itPassesCompressionWithAllParametersOfTheServer() throws Exception {
        try (CasePlayingServer server = CasePlayingServer.open()) {
            List<AutobahnCase> cases = server.corpus().select(List.of("12.*.2", "13.*.3"), List.of());
            assertOk(play(server, cases, EchoClient.compressing(), Strictness.STRICT));
            assertThat(server.record(CaseId.parse("13.5.3")).deflate())
                    .hasValueSatisfying(
                            agreed -> assertThat(agreed.clientWindowBits()).isEqualTo(9));
            assertThat(server.record(CaseId.parse("13.4.3")).deflate())
                    .hasValueSatisfying(
                            agreed -> assertThat(agreed.clientWindowBits()).isEqualTo(15));
        }
    }

    @Test
    void compressionCasesAreUnimplementedWithoutAnOffer() throws Exception {
        try (CasePlayingServer server = CasePlayingServer.open()) {
            AutobahnResult result = play(
                            server,
                            server.corpus().select(List.of("12.1.1"), List.of()),
                            EchoClient.plain(),
                            Strictness.ORIGINAL)
                    .getFirst();
            assertThat(result.behavior()).isEqualTo(AutobahnVerdict.UNIMPLEMENTED);
            assertThat(result.passed()).isFalse();
        }
    }

    private static void assertOk(List<AutobahnResult> results) {
        assertThat(results).allSatisfy(result -> {
            assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.OK);
            assertThat(result.behaviorClose()).as("%s", result).isEqualTo(AutobahnVerdict.OK);
        });
    }

    private static List<AutobahnResult> play(
            CasePlayingServer server, List<AutobahnCase> cases, ConnectOptions options, Strictness strictness)
            throws InterruptedException, ExecutionException {
        List<AutobahnResult> results = new ArrayList<>();
        try (WebSocketClient client = WebSocketClient.create();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AutobahnResult>> playing = new ArrayList<>();
            for (AutobahnCase testCase : cases) {
                playing.add(threads.submit(() -> {
                    EchoClient.echo(client, server.url(testCase.id()), options);
                    return server.result(testCase.id(), strictness);
                }));
            }
            for (Future<AutobahnResult> result : playing) {
                results.add(result.get());
            }
        }
        return results;
    }
}
