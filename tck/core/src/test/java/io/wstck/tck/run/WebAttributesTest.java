package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.calls.InProcessImplementation;
import io.wstck.tck.implementation.calls.WebSocketObjectClient;
import io.wstck.tck.implementation.calls.WebSocketObjectClient.Failures;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.known.KnownDeviations;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases about attributes of WebSocket objects. Correct attributes pass all of them, and each wrong one fails a case
 * of its clause.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class WebAttributesTest {
    private static List<TestCase> cases;
    private static TestHarness harness;

    @BeforeAll
    static void start() throws Exception {
        cases = CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.shipped()).cases().stream()
                .filter(testCase -> testCase.needs().contains(Capability.WEB))
                .toList();
        harness = TestHarness.start();
    }

    /** Keeps the attributes of the client unchanged. */
    private static void right(ObjectNode attributes) {}

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static TestHarness.HarnessRun play(Consumer<ObjectNode> change, Failures failures, List<TestCase> played)
            throws Exception {
        try (AuthorityFile trust = AuthorityFile.of(harness.server::authorityPem);
                Implementation implementation =
                        new InProcessImplementation(new WebSocketObjectClient(change, failures), trust)) {
            return harness.play(
                    implementation,
                    new RunPlan(played, 4, 1, 1, KnownDeviations.NONE, RunPlan.EvidenceRetention.DROPPED, Profile.WEB));
        }
    }

    @Test
    void correctAttributesPassAllCases() throws Exception {
        TestHarness.HarnessRun played = play(WebAttributesTest::right, Failures.ALIKE, cases);

        assertThat(cases).hasSizeGreaterThan(10).allSatisfy(testCase -> {
            CaseResult result = played.result(testCase.id());
            assertThat(result.verdict()).as(result.judgement().toString()).isEqualTo(Verdict.PASSED);
        });
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                wrong("web.close-event", "the code is always 1000", close -> close.put("code", 1000)),
                wrong("web.close-event", "there is no reason", close -> close.put("reason", "")),
                wrong("web.close-event", "every end is clean", close -> close.put("wasClean", true)),
                wrong("web.close-event", "no end is clean", close -> close.put("wasClean", false)),
                fault("web.ready-state", "always OPEN", attributes -> attributes.put("readyState", 1)),
                fault(
                        "web.ready-state",
                        "CLOSED after close()",
                        attributes -> attributes.put(
                                "readyState", attributes.path("readyState").asInt() > 1 ? 3 : 1)),
                fault("web.buffered-amount", "always 0", attributes -> attributes.put("bufferedAmount", 0)),
                fault("web.selected-attributes", "no subprotocol", attributes -> attributes.put("protocol", "")),
                fault("web.selected-attributes", "no extension", attributes -> attributes.put("extensions", "")),
                fault(
                        "web.url-attribute",
                        "the URL as it was given",
                        attributes -> attributes.put(
                                "url", attributes.path("url").asText().replaceFirst("^ws", "http"))));
    }

    private static Arguments fault(String clause, String statement, Consumer<ObjectNode> change) {
        return arguments(clause, statement, change);
    }

    private static Arguments wrong(String clause, String statement, Consumer<ObjectNode> change) {
        return fault(clause, statement, attributes -> {
            if (attributes.path("close") instanceof ObjectNode close) {
                change.accept(close);
            }
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faults")
    void aWrongAttributeFailsACaseOfItsClause(String clause, String statement, Consumer<ObjectNode> change)
            throws Exception {
        List<TestCase> own = cases.stream()
                .filter(testCase -> testCase.clause().id().equals(clause))
                .toList();
        TestHarness.HarnessRun played = play(change, Failures.ALIKE, own);

        assertThat(own)
                .as(statement)
                .anySatisfy(testCase ->
                        assertThat(played.result(testCase.id()).verdict()).isEqualTo(Verdict.FAILED));
    }

    @Test
    void failuresThatAPageCanDistinguishAreDetected() throws Exception {
        List<TestCase> own = cases.stream()
                .filter(testCase -> testCase.clause().id().equals("web.failures-alike"))
                .toList();
        TestHarness.HarnessRun played = play(WebAttributesTest::right, Failures.TOLD_APART, own);

        assertThat(own)
                .hasSize(1)
                .allSatisfy(testCase ->
                        assertThat(played.result(testCase.id()).verdict()).isEqualTo(Verdict.FAILED));
    }
}
