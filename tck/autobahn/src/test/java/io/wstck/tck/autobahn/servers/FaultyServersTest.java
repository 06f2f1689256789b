package io.wstck.tck.autobahn.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.AutobahnVerdict;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.report.EventsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers with one fault each: the cases of its sections catch it. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
class FaultyServersTest {
    /** Cases that take long and that no fault here needs. */
    private static final List<String> LONG =
            List.of("14.6.11", "9.1.5", "9.1.6", "9.2.*", "9.3.*", "9.4.*", "9.5.*", "9.6.*", "9.7.*", "9.8.*");

    @TempDir
    private Path folder;

    private List<AutobahnResult> judge(ServerFault fault, List<String> cases) throws Exception {
        List<String> exclude = new ArrayList<>(LONG);
        if (cases.contains("*")) {
            exclude.addAll(List.of("12.*", "13.*"));
        }
        try (ScriptedServer server = EchoServer.start(fault)) {
            return new JudgedServers(folder)
                    .withJobs(fault.jobs()).judge(server.url(), cases, exclude).stream()
                            .map(CaseSummary::result)
                            .toList();
        }
    }

    private static Set<String> failedSections(List<AutobahnResult> results) {
        return results.stream()
                .filter(result -> !result.passed())
                .map(result -> section(result.id()))
                .collect(Collectors.toSet());
    }

    private static String section(CaseId id) {
        return id.isBeyond()
                ? id.numbers().get(0) + "." + id.numbers().get(1)
                : String.valueOf(id.numbers().getFirst());
    }

    @ParameterizedTest
    @EnumSource(ServerFault.class)
    void eachFaultIsCaughtInItsSectionsOnly(ServerFault fault) throws Exception {
        List<AutobahnResult> results = judge(fault, fault.cases());

        assertThat(failedSections(results))
                .as(() -> results.stream()
                        .filter(result -> !result.passed())
                        .limit(5)
                        .map(AutobahnResult::toString)
                        .collect(Collectors.joining("\n")))
                .isEqualTo(fault.sections());
    }

    /** The closing verdict of a server that never ends TCP. */
    @Test
    void aServerThatKeepsTcpOpenIsFailedByTheClient() throws Exception {
        assertThat(judge(ServerFault.OPEN_TCP, List.of("1.1.1", "3.1", "7.1.1")))
                .allSatisfy(result -> {
                    assertThat(result.behavior()).isEqualTo(AutobahnVerdict.OK);
                    assertThat(result.behaviorClose()).isEqualTo(AutobahnVerdict.FAILED_BY_CLIENT);
                });
    }

    @Test
    void onlyStrictModeRequiresTheParametersThatAnOfferDemands() throws Exception {
        try (ScriptedServer server = EchoServer.start(ServerFault.DEMANDS_IGNORED)) {
            List<CaseSummary> results =
                    new JudgedServers(folder).strictly().judge(server.url(), List.of("13.1.1", "13.2.1"), List.of());

            assertThat(results.getFirst().result().passed()).isTrue();
            assertThat(results.getLast().result().behavior()).isEqualTo(AutobahnVerdict.FAILED);
            assertThat(results.getLast().result().result())
                    .startsWith(
                            "The server breaks RFC 7692 §7.1.1.1, §7.1.2.1: an answer without the parameters that the"
                                    + " offer demands: permessage-deflate; server_no_context_takeover; ");
        }
    }

    /** Each row of the table of NON-STRICT cases in docs/servers.md. */
    @Test
    void strictModeDoesNotDemandThatAServerAcceptsAnUnusualHandshake() throws Exception {
        try (ScriptedServer server = EchoServer.start(ServerFault.UNUSUAL_REFUSED)) {
            List<String> cases = List.of("14.1.6", "14.1.7", "14.2.6", "14.3.2", "14.3.3", "14.3.4", "14.4.*");
            List<CaseSummary> results = new JudgedServers(folder)
                    .strictly()
                    .judge(server.url(), cases, List.of("14.4.13", "14.4.14", "14.4.15"));

            assertThat(results).hasSize(18).allSatisfy(one -> {
                assertThat(one.result().behavior()).as("%s", one.result()).isEqualTo(AutobahnVerdict.NON_STRICT);
                assertThat(one.result().passed()).isTrue();
            });
        }
    }

    @Test
    void strictModeDoesNotDemandThatInvalidTextIsFoundBeforeTheEndOfTheMessage() throws Exception {
        try (ScriptedServer server = EchoServer.start(ServerFault.LATE_TEXT)) {
            List<CaseSummary> results =
                    new JudgedServers(folder).strictly().judge(server.url(), List.of("6.4.1", "6.4.2"), List.of());

            assertThat(results).hasSize(2).allSatisfy(one -> {
                assertThat(one.result().behavior()).isEqualTo(AutobahnVerdict.NON_STRICT);
                assertThat(one.result().result()).contains("RFC 6455 §8.1 does not say how early");
            });
        }
    }

    @Test
    void aWrongCloseCodeIsToldInEachReport() throws Exception {
        judge(ServerFault.OTHER_CLOSE_CODE, List.of("7.1.1"));

        Judgement judgement = EventsReader.read(folder.resolve("events.ndjson"))
                .cases()
                .getFirst()
                .judgement();
        assertThat(judgement.reason())
                .isEqualTo("FAILED: What came is right, but not how the connection ended."
                        + " The server's close code is 1001.");
        assertThat(judgement.signature()).isEqualTo(judgement.reason());
        assertThat(judgement.expected())
                .isEqualTo("the client closes and the server answers with a close frame: 1000, or no code");
        assertThat(judgement.actual()).isEqualTo("close 1001");
        for (String report : List.of("report.md", "junit.xml")) {
            assertThat(folder.resolve(report)).content().contains("close code is 1001", "1000, or no code");
        }
    }

    @Test
    void aServerThatDoesNotAnswerACloseFrameIsUnclean() throws Exception {
        assertThat(judge(ServerFault.NO_CLOSE_FRAME, List.of("1.1.1")))
                .extracting(AutobahnResult::behaviorClose)
                .containsExactly(AutobahnVerdict.UNCLEAN);
    }

    /** A server that echoes the first message of each connection and then goes away. */
    @Test
    void aServerThatEchoesOnlyTheFirstMessagePassesNothing() throws Exception {
        List<CaseSummary> results = judgeNull(socket -> {
            ScriptedServer.accept(socket);
            byte[] head = socket.getInputStream().readNBytes(6);
            byte[] payload = socket.getInputStream().readNBytes(head[1] & 0x7F);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= head[2 + (i & 3)];
            }
            socket.getOutputStream().write(new byte[] {head[0], (byte) (head[1] & 0x7F)});
            socket.getOutputStream().write(payload);
        });
        assertThat(results).isNotEmpty();
        assertThat(results).noneMatch(summary -> summary.result().passed());
    }

    @Test
    void aServerThatDropsTcpAfterTheHandshakePassesNothing() throws Exception {
        assertThat(judgeNull(socket -> ScriptedServer.accept(socket)))
                .noneMatch(summary -> summary.result().passed());
    }

    @Test
    void aServerThatFailsEveryConnectionAtOncePassesNothing() throws Exception {
        assertThat(judgeNull(socket -> {
                    ScriptedServer.accept(socket);
                    socket.getOutputStream().write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xEA});
                    ScriptedServer.readToTheEnd(socket);
                }))
                .noneMatch(summary -> summary.result().passed());
    }

    private List<CaseSummary> judgeNull(ScriptedServer.ConnectionScript script) throws Exception {
        try (ScriptedServer server = ScriptedServer.open(script)) {
            List<CaseSummary> results =
                    new JudgedServers(folder).withJobs(32).judge(server.url(), List.of("*", "14.*"), List.of());
            assertThat(results).hasSize(517 + 63);
            return results;
        } catch (IOException failure) {
            throw new AssertionError("the run ended early", failure);
        }
    }
}
