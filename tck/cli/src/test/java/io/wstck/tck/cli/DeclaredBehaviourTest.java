package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.agent.FaultyAgent;
import io.wstck.tck.judge.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client declares its behaviour in {@code hello}. The kit skips the cases that the behaviour excuses, and no others.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
@Order(1)
class DeclaredBehaviourTest {
    private static final String[] COMPRESSION = {
        "compression.takeover-*",
        "compression.no-context-offers-*",
        "compression.no-context-alone-plain-*",
        "compression.disabled-*",
        "compression.answers-accepted-client-no-context",
        "compression.answers-refused-unknown",
        "compression.declined-mode-1-*",
        "compression.inbound-takeover-text-single-*",
        "compression.inbound-takeover-all-bytes",
        "compression-threshold.takeover-text-*",
        "compression-threshold.takeover-0",
        "compression-threshold.takeover-default",
        "connect.verifies-response.unoffered-*",
        "deflate-client.zeros-*",
        "deflate-client.in-a-row-takeover",
        "deflate-negotiation.accepted-tabs",
        "deflate-negotiation.client-no-context-mode-1-text",
        "deflate-negotiation.refused-mode-0"
    };

    @TempDir
    private Path folder;

    private AgentCases cases;

    @BeforeEach
    void casesInAFolder() {
        cases = new AgentCases(folder);
    }

    /** Plays the compression cases with an agent that declares this behaviour. */
    private void playsWithoutAWarning(String... agent) throws Exception {
        assertThat(cases.runKits(FaultyAgent.command(agent), COMPRESSION))
                .as(cases.shell.out())
                .isZero();
        assertThat(cases.ids(Verdict.WARNED)).isEmpty();
    }

    @Test
    void aClientThatNeverCompressesIsJudgedByReceivingAndNegotiation() throws Exception {
        playsWithoutAWarning("compress:never", says("'compresses':'never'"));

        assertThat(cases.ids(Verdict.FAILED)).isEmpty();
        assertThat(cases.ids(Verdict.PASSED))
                .contains(
                        "compression.answers-accepted-client-no-context",
                        "compression.answers-refused-unknown",
                        "compression.inbound-takeover-text-single-1000",
                        "deflate-negotiation.accepted-tabs");
        assertThat(cases.ids(Verdict.SKIPPED))
                .contains(
                        "compression.takeover-constant",
                        "compression.inbound-takeover-all-bytes",
                        "compression-threshold.takeover-text-1",
                        "compression-threshold.takeover-default",
                        "deflate-client.zeros-300000-takeover");
        assertThat(cases.shell.out())
                .contains(
                        " skipped: the client says that it compresses no message, which RFC 7692 leaves to the sender");
        // The evidence has the declaration, so rejudging gives the same verdicts.
        assertThat(cases.shell.run("rejudge")).as(cases.shell.out()).isZero();
    }

    @Test
    void aClientThatCompressesEveryMessageSkipsThresholdCases() throws Exception {
        playsWithoutAWarning("compress:always", says("'compresses':'always'"));

        assertThat(cases.ids(Verdict.PASSED))
                .contains(
                        "compression.takeover-constant",
                        "compression.takeover-slides-text-1000",
                        "compression-threshold.takeover-0",
                        "compression-threshold.takeover-text-1",
                        "deflate-client.zeros-1-takeover");
        assertThat(cases.ids(Verdict.SKIPPED))
                .contains("compression-threshold.takeover-text-100", "compression.takeover-slides-plain-between-1000");
    }

    @Test
    void aClientWithItsOwnThresholdIsJudgedOnLongMessagesOnly() throws Exception {
        playsWithoutAWarning("compress:above", says("'compresses':'above-own-threshold'"));

        assertThat(cases.ids(Verdict.PASSED))
                .contains(
                        "compression.takeover-constant",
                        "compression-threshold.takeover-default",
                        "compression.answers-accepted-client-no-context",
                        "deflate-client.zeros-300000-takeover");
        assertThat(cases.ids(Verdict.SKIPPED))
                .contains(
                        "compression-threshold.takeover-text-1",
                        "compression.takeover-slides-text-1000",
                        "deflate-client.zeros-1-takeover");
    }

    @Test
    void aClientThatNeverCompressesWithoutDeclaringItFails() throws Exception {
        assertThat(cases.runKits(
                        FaultyAgent.command("compress:never", says("'compresses':'always'")),
                        "compression.takeover-constant"))
                .isEqualTo(1);
    }

    @Test
    void aClientThatAlwaysOffersCompressionSkipsCasesWithoutAnOffer() throws Exception {
        playsWithoutAWarning("offers", says("'offers_deflate':'always','options_not_settable':['compression']"));

        assertThat(cases.ids(Verdict.SKIPPED))
                .contains(
                        "compression.disabled-mode-0",
                        "compression.disabled-no-option",
                        "compression.takeover-constant",
                        "connect.verifies-response.unoffered-deflate",
                        "deflate-negotiation.refused-mode-0");
        assertThat(cases.ids(Verdict.PASSED))
                .contains("compression.takeover-slides-text-1000", "compression-threshold.takeover-text-100");
        assertThat(cases.shell.out()).contains(" skipped: the client says that it always offers permessage-deflate");
    }

    @Test
    void anOptionThatCannotBeSetIsAReasonToSkip() throws Exception {
        cases.write("""
                case "option.given" {
                  clause = "send.returns", title = "gives it", server = echo,
                  client = function(t) t:alive(t:connect { write_timeout = 100, read_timeout = "5s" }) end,
                }
                case "option.needed" {
                  clause = "send.returns", title = "says that it needs it", server = echo, needs = { "write_timeout" },
                  client = function(t) t:alive(t:connect()) end,
                }
                case "option.other" {
                  clause = "send.returns", title = "gives another", server = echo,
                  client = function(t) t:alive(t:connect { read_timeout = "5s" }) end,
                }
                """);

        assertThat(cases.run(FaultyAgent.command(says("'options_not_settable':['write_timeout']"))))
                .isZero();
        assertThat(cases.ids(Verdict.PASSED)).containsExactly("option.other");
        assertThat(cases.shell.out())
                .contains("2 skipped: write_timeout: the client says that this option cannot be set");
        assertThat(cases.result("option.needed").attempts()).isZero();
        assertThat(cases.result("option.given").attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'compresses':'sometimes'                       | /results/0/behaviour/compresses: does not have a value in the enumeration
            'offers_deflate':'never'                       | /results/0/behaviour/offers_deflate: does not have a value in the enumeration
            'options_not_settable':['colour']              | /results/0/behaviour/options_not_settable/0: does not have a value in the enumeration
            'compress':'never'                             | property 'compress' is not defined
            'options_not_settable':['compression']         | expected offers_deflate "always" beside the option compression, got "by-option"
            'compresses':'by-option','options_not_settable':['compression_threshold'] | expected compresses "always", "never" or "above-own-threshold" beside the option compression_threshold, got "by-option"
            'options_not_settable':['read_limit','channel_capacity'] | expected an option of the capability limits that can be set, since it is claimed; got all of them
            """)
    void aContradictoryDeclarationIsOneSentenceAndNothingIsPlayed(String behaviour, String sentence) {
        String quotes = behaviour.replace('\'', '"');
        assertThat(cases.runKits(FaultyAgent.command("behaviour:{" + quotes + "}"), "close.default"))
                .isEqualTo(3);
        assertThat(cases.shell.err()).contains(sentence).hasLineCount(1);
        assertThat(folder.resolve("target/wstck")).doesNotExist();
    }

    @Test
    void declarationsAboutCompressionRequireTheCapability() {
        assertThat(cases.runKits(
                        FaultyAgent.command("without:compression", says("'compresses':'by-option'")), "close.default"))
                .isEqualTo(3);
        assertThat(cases.shell.err())
                .contains("the agent contradicts itself in `hello`: compresses: expected the capability compression"
                        + " beside \"by-option\", which is not claimed")
                .hasLineCount(1);
    }

    @Test
    void theSmokeTestPrintsTheDeclarations() {
        assertThat(cases.shell.run("smoke", "--agent", FaultyAgent.command(says("'compresses':'never'"))))
                .isZero();
        assertThat(cases.shell.out()).contains("; compresses never, offers_deflate by-option\n");
        assertThat(cases.shell.run(
                        "smoke", "--agent", FaultyAgent.command(says("'options_not_settable':['compression']"))))
                .isEqualTo(1);
        assertThat(cases.shell.out()).contains("it contradicts itself in `hello`: options_not_settable: expected");
    }

    private static String says(String behaviour) {
        return "behaviour:{" + behaviour.replace('\'', '"') + "}";
    }
}
