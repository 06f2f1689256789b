package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.prove.faults.FaultCatalogue;
import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client with two faults is reported with two causes. {@code ./wstck prove} checks that each single fault has at most
 * three.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class CausesOfFaultsTest {
    private static final int JOBS = 16;
    private static final int CASES_OF_EACH = 12;
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static ProofFixture kit;

    @BeforeAll
    static void start() throws Exception {
        kit = ProofFixture.start();
    }

    @AfterAll
    static void stop() {
        kit.close();
    }

    @ParameterizedTest
    @CsvSource({
        "utf8.invalid-replaced, close.default-1001",
        "frames.masked-accepted, protocols.reversed",
        "send.text-cut-at-nul, pong.never",
        "read-limit.ignored, connect.target-decoded",
        "close.reason-dropped, deflate-answer.unknown-accepted",
        "handshake.accept-unchecked, receive.always-text",
        "inflate.final-block-refused, ping.twice",
        "send.invalid-utf8-as-it-is, frames.length-lower-half",
        "errors.without-message, close-frame.one-byte-ignored",
    })
    void twoFaultsAtOnceAreTwoCauses(String first, String second) throws Exception {
        Fault one = fault(first);
        Fault other = fault(second);
        List<Mechanism> both = Stream.concat(one.mechanisms().stream(), other.mechanisms().stream())
                // A mechanism that changes calls is nearer to the script than one that changes bytes.
                .sorted(Comparator.comparing(mechanism -> mechanism instanceof Mechanism.WireTampering))
                .toList();
        FaultyClient client = new FaultyClient(kit.client, first + " and " + second, both);

        Set<String> ofOne = causes(client, one);
        Set<String> ofOther = causes(client, other);

        assertThat(ofOne).hasSizeBetween(1, FaultFinding.Caught.MAX_CAUSES);
        assertThat(ofOther).hasSizeBetween(1, FaultFinding.Caught.MAX_CAUSES).doesNotContainAnyElementsOf(ofOne);
    }

    private static Fault fault(String id) {
        return FaultCatalogue.all().stream()
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** A sample of the clause's light cases, at equal distances. */
    private static Stream<TestCase> some(String clause) {
        List<TestCase> all = kit.cases.stream()
                .filter(testCase -> testCase.clause().id().equals(clause) && testCase.weight() == TestCase.Weight.LIGHT)
                .toList();
        int count = Math.min(CASES_OF_EACH, all.size());
        return IntStream.range(0, count).mapToObj(index -> all.get(index * all.size() / count));
    }

    private static Set<String> causes(FaultyClient client, Fault fault) throws InterruptedException {
        List<TestCase> cases = fault.breaks().stream()
                .flatMap(CausesOfFaultsTest::some)
                .map(testCase -> testCase.withLimit(LIMIT))
                .toList();
        Collection<CaseResult> results =
                new CaseBatchPlayer(kit.server).play(client, cases, JOBS).values();
        return results.stream()
                .filter(result -> result.judgement().isFinding())
                .map(result -> result.cause().id())
                .collect(Collectors.toSet());
    }
}
