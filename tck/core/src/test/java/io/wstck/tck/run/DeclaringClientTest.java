package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.ConnectOption;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.ClientBehaviour;
import io.wstck.tck.implementation.ClientBehaviour.CompressionOffer;
import io.wstck.tck.implementation.ClientBehaviour.MessageCompression;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.calls.BundledCalledClient;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.InProcessImplementation;
import io.wstck.tck.judge.Verdict;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Clients on the JVM that declare a fixed behaviour that options do not change. */
class DeclaringClientTest {
    private static final String CASES = """
            case "declared.threshold" {
              clause = "send.returns", title = "a threshold of 1", server = echo { deflate = true },
              client = function(t) t:alive(t:connect { compression = 1, compression_threshold = 1 }) end,
            }
            case "declared.higher" {
              clause = "send.returns", title = "a higher threshold", server = echo { deflate = true },
              client = function(t) t:alive(t:connect { compression = 1, compression_threshold = 100 }) end,
            }
            case "declared.needs" {
              clause = "send.returns", title = "compressed", needs = { "compression", "compresses" }, server = echo,
              client = function(t) t:alive(t:connect { compression = 1 }) end,
            }
            """;

    private static final class DeclaringClient implements CalledClient {
        private final CalledClient real = new BundledCalledClient();
        private final ClientBehaviour behaviour;
        private final Queue<Set<String>> given = new ConcurrentLinkedQueue<>();

        DeclaringClient(ClientBehaviour behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        public Description description() {
            return real.description().with(behaviour);
        }

        @Override
        public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
            given.add(call.options().names());
            return real.connect(call);
        }
    }

    @Test
    void aClientIsNotGivenOptionsThatItDecidesItself() throws Exception {
        DeclaringClient client = new DeclaringClient(ClientBehaviour.BY_OPTION.compresses(MessageCompression.NEVER));
        try (TestHarness harness = TestHarness.start();
                AuthorityFile trust = AuthorityFile.of(harness.server::authorityPem);
                InProcessImplementation called = new InProcessImplementation(client, trust)) {
            TestHarness.HarnessRun played = harness.play(called, new RunPlan(TestHarness.cases(CASES), 4, 1, 1));

            assertThat(played.result("declared.threshold").verdict()).isEqualTo(Verdict.PASSED);
            for (String id : List.of("declared.higher", "declared.needs")) {
                assertThat(played.result(id).verdict()).as(id).isEqualTo(Verdict.SKIPPED);
                assertThat(played.result(id).judgement().reason())
                        .as(id)
                        .isEqualTo(
                                "the client says that it compresses no message, which RFC 7692 leaves to the sender");
            }
            assertThat(client.given).containsExactly(Set.of("compression"));
        }
    }

    @Test
    void aClientWithoutDeclarationsIsGivenTheOptionsOfTheScript() throws Exception {
        DeclaringClient client = new DeclaringClient(ClientBehaviour.BY_OPTION);
        try (TestHarness harness = TestHarness.start();
                AuthorityFile trust = AuthorityFile.of(harness.server::authorityPem);
                InProcessImplementation called = new InProcessImplementation(client, trust)) {
            TestHarness.HarnessRun played = harness.play(called, new RunPlan(TestHarness.cases(CASES), 4, 1, 1));

            assertThat(played.results()).allMatch(result -> result.verdict() == Verdict.PASSED);
            assertThat(client.given)
                    .containsExactlyInAnyOrder(
                            Set.of("compression", "compression_threshold"),
                            Set.of("compression", "compression_threshold"),
                            Set.of("compression"));
        }
    }

    @Test
    void contradictoryDeclarationsAreRejectedWithASentence() throws Exception {
        DeclaringClient client =
                new DeclaringClient(ClientBehaviour.BY_OPTION.notSettable(ConnectOption.COMPRESSION_THRESHOLD));
        try (TestHarness harness = TestHarness.start();
                AuthorityFile trust = AuthorityFile.of(harness.server::authorityPem)) {
            assertThatThrownBy(() -> new InProcessImplementation(client, trust))
                    .hasMessageContaining("options_not_settable: expected compresses \"always\", \"never\" or"
                            + " \"above-own-threshold\" beside the option compression_threshold");
        }
        assertThatThrownBy(() -> new Description(
                        "plain",
                        "1",
                        "Java",
                        Set.of(Capability.PING),
                        ClientBehaviour.BY_OPTION.offersDeflate(CompressionOffer.ALWAYS)))
                .hasMessage("offers_deflate: expected the capability compression beside \"always\", which is not"
                        + " claimed");
    }
}
