package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.ConnectOption;
import io.wstck.tck.implementation.ClientBehaviour;
import io.wstck.tck.implementation.ClientBehaviour.Compresses;
import io.wstck.tck.implementation.ClientBehaviour.OffersDeflate;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.calls.BundledAsCalled;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.CalledImplementation;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.judge.Verdict;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Clients on the JVM that say what they do whatever their options say. */
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

    private static final class Declaring implements CalledClient {
        private final CalledClient real = new BundledAsCalled();
        private final ClientBehaviour behaviour;
        private final Queue<Set<String>> given = new ConcurrentLinkedQueue<>();

        Declaring(ClientBehaviour behaviour) {
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
    void aClientIsNotGivenWhatItDecidesByItself() throws Exception {
        Declaring client = new Declaring(ClientBehaviour.BY_OPTION.compresses(Compresses.NEVER));
        try (Stage stage = Stage.start();
                Trust trust = Trust.in(stage.server::authorityPem);
                CalledImplementation called = new CalledImplementation(client, trust)) {
            Stage.Played played = stage.play(called, new RunPlan(Stage.cases(CASES), 4, 1, 1));

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
    void aClientThatSaysNothingIsGivenWhatTheScriptGives() throws Exception {
        Declaring client = new Declaring(ClientBehaviour.BY_OPTION);
        try (Stage stage = Stage.start();
                Trust trust = Trust.in(stage.server::authorityPem);
                CalledImplementation called = new CalledImplementation(client, trust)) {
            Stage.Played played = stage.play(called, new RunPlan(Stage.cases(CASES), 4, 1, 1));

            assertThat(played.results()).allMatch(result -> result.verdict() == Verdict.PASSED);
            assertThat(client.given)
                    .containsExactlyInAnyOrder(
                            Set.of("compression", "compression_threshold"),
                            Set.of("compression", "compression_threshold"),
                            Set.of("compression"));
        }
    }

    @Test
    void whatCannotBeSoIsRefusedWithASentence() throws Exception {
        Declaring client = new Declaring(ClientBehaviour.BY_OPTION.notSettable(ConnectOption.COMPRESSION_THRESHOLD));
        try (Stage stage = Stage.start();
                Trust trust = Trust.in(stage.server::authorityPem)) {
            assertThatThrownBy(() -> new CalledImplementation(client, trust))
                    .hasMessageContaining("options_not_settable: expected compresses \"always\", \"never\" or"
                            + " \"above-own-threshold\" beside the option compression_threshold");
        }
        assertThatThrownBy(() -> new Description(
                        "plain",
                        "1",
                        "Java",
                        Set.of(Capability.PING),
                        ClientBehaviour.BY_OPTION.offersDeflate(OffersDeflate.ALWAYS)))
                .hasMessage("offers_deflate: expected the capability compression beside \"always\", which is not"
                        + " claimed");
    }
}
