package io.wstck.tck.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.tck.cases.CaseFile;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.InProcessImplementation;
import io.wstck.tck.implementation.calls.NotJudgedException;
import io.wstck.tck.run.LimitedImplementation;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.TestHarness;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The JUnit result of a case with each verdict. */
class CaseTestsTest {
    private static final String HOLDS = """
            case "sum.case" {
              clause = "module.load", title = "one and one is two",
              client = function(t) t:equal(2, 1 + 1, "the sum") end,
            }
            """;

    @Test
    void aPassedCaseIsATestNamedByItsIdAndPlacedInItsFile() throws Exception {
        DynamicTest test = only(HOLDS);

        assertThat(test.getDisplayName()).isEqualTo("sum.case");
        assertThat(test.getTestSourceUri()).contains(URI.create("classpath:/cases/test.lua?line=1"));
        assertThatCode(() -> test.getExecutable().execute()).doesNotThrowAnyException();
    }

    @Test
    void aFailedCaseReportsTheRequirementAndTheActualBehaviour() throws Exception {
        DynamicTest test = only(HOLDS.replace("equal(2", "equal(3"));

        assertThatThrownBy(() -> test.getExecutable().execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("sum.case: FAILED: one and one is two\n")
                .message()
                .contains(
                        "Requirement  ",
                        "Expected     the sum: 3\n",
                        "Actual       the sum: 2\n",
                        "test.lua:3",
                        "transcript\n");
    }

    @Test
    void aWarningDoesNotFail() throws Exception {
        DynamicTest test = only(HOLDS.replace("equal(2", "ok(true); t.should:equal(3"));

        assertThatCode(() -> test.getExecutable().execute()).doesNotThrowAnyException();
    }

    @Test
    void aSkippedCaseIsAbortedWithTheReason() throws Exception {
        try (TestHarness stage = TestHarness.start()) {
            DynamicTest test = only(
                    HOLDS.replace("client =", "needs = { \"tls\" }, client ="),
                    new LimitedImplementation(stage.client, Capability.TLS),
                    stage);

            assertThatThrownBy(() -> test.getExecutable().execute())
                    .isInstanceOf(TestAbortedException.class)
                    .hasMessageContaining("sum.case: ")
                    .hasMessageContaining("does not have: tls");
        }
    }

    @Test
    void anInconclusiveCaseFailsAndDoesNotBlameTheClient() throws Exception {
        DynamicTest test = only(HOLDS.replace("t:equal(2, 1 + 1, \"the sum\")", ""));

        assertThatThrownBy(() -> test.getExecutable().execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("sum.case: INCONCLUSIVE, which is not a failure of the client: ")
                .hasMessageContaining("the case sum.case makes no check");
    }

    @Test
    void everyRoundIsATestOfItsOwn() throws Exception {
        try (TestHarness stage = TestHarness.start()) {
            List<DynamicNode> nodes = CaseTests.play(
                    stage.client,
                    stage.server,
                    new RunPlan(TestHarness.cases(HOLDS), 1, 1, 2),
                    URI.create("classpath:/cases/"));
            assertThat(tests(nodes))
                    .extracting(DynamicNode::getDisplayName)
                    .containsExactly("sum.case", "sum.case (round 2)");
        }
    }

    @Test
    void casesOfAClauseAreOrderedByTheNumbersOfTheirIds() throws Exception {
        String lua = HOLDS.replace("sum.case", "sum.case-10") + HOLDS.replace("sum.case", "sum.case-9");
        try (TestHarness stage = TestHarness.start()) {
            List<DynamicNode> nodes = CaseTests.play(
                    stage.client,
                    stage.server,
                    new RunPlan(TestHarness.cases(lua), 1, 1, 1),
                    URI.create("classpath:/cases/"));
            assertThat(tests(nodes))
                    .extracting(DynamicNode::getDisplayName)
                    .containsExactly("sum.case-9", "sum.case-10");
        }
    }

    @Test
    void aRunThatEndsEarlyHasATestThatFailsWithTheReason() throws Exception {
        int cases = 40;
        StringBuilder lua = new StringBuilder();
        for (int number = 1; number <= cases; number++) {
            lua.append("case \"dies.").append(number).append("""
                    " { clause = "send.text", title = "ends its program", server = echo,
                      client = function(t) t:alive(t:connect()) end }
                    """);
        }
        try (TestHarness stage = TestHarness.start();
                AuthorityFile trust = AuthorityFile.of(stage.server::authorityPem);
                Implementation implementation = new InProcessImplementation(new DyingClient(), trust)) {
            List<DynamicTest> tests = tests(CaseTests.play(
                            implementation,
                            stage.server,
                            new RunPlan(TestHarness.cases(lua.toString()), 2, 1, 1),
                            URI.create("classpath:/cases/")))
                    .toList();

            assertThat(tests.getFirst().getDisplayName()).isEqualTo("all cases are played");
            assertThatThrownBy(() -> tests.getFirst().getExecutable().execute())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            "the run ended early, and the cases without a test were not played: 10 agents")
                    .hasMessageEndingWith("\n  last words");
            assertThat(tests).hasSizeLessThan(1 + cases);
        }
    }

    /** Ends its own program at each call. */
    private static final class DyingClient implements CalledClient {
        @Override
        public Description description() {
            return new Description("dying", "1", "Java", Set.of());
        }

        @Override
        public CalledConnection connect(ConnectCall call) {
            throw new NotJudgedException(new NotJudgedReason.LostProgram(
                    NotJudgedReason.LossKind.DIED, "the program ended", List.of("last words")));
        }
    }

    private static DynamicTest only(String lua) throws Exception {
        try (TestHarness stage = TestHarness.start()) {
            return only(lua, stage.client, stage);
        }
    }

    private static DynamicTest only(String lua, Implementation client, TestHarness stage) throws Exception {
        RunPlan plan = new RunPlan(TestHarness.cases(CaseFile.of("test.lua", lua)), 1, 1, 1);
        List<DynamicNode> nodes = CaseTests.play(client, stage.server, plan, URI.create("classpath:/cases/"));
        assertThat(nodes).extracting(DynamicNode::getDisplayName).containsExactly("Module and constants");
        return tests(nodes).findFirst().orElseThrow();
    }

    private static Stream<DynamicTest> tests(List<DynamicNode> nodes) {
        return nodes.stream().flatMap(CaseTestsTest::tests);
    }

    private static Stream<DynamicTest> tests(DynamicNode node) {
        return switch (node) {
            case DynamicContainer container -> container.getChildren().flatMap(CaseTestsTest::tests);
            case DynamicTest test -> Stream.of(test);
            default -> throw new IllegalStateException("expected a container or a test, got " + node);
        };
    }
}
