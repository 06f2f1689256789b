package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.prove.relay.Tampering;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Cases must notice a fault, not its mechanism. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class MechanismTransparencyTest {
    private static final int JOBS = 16;

    /**
     * Cases with a frame that is never completed. Only they notice that the relay buffers a frame until it is complete.
     */
    private static final Pattern NEVER_WHOLE = Pattern.compile(
            "utf8\\.fail-fast-inside-frame|read-limit\\.early-(announced-\\d{4,5}|announced-with-a-part|continuation)|inflate-bomb\\.unfinished-frame-.*");

    private static ProofFixture kit;
    private static Map<String, Verdict> bare;

    @BeforeAll
    static void playWithoutAnything() throws Exception {
        kit = ProofFixture.start();
        bare = verdicts(List.of());
    }

    @AfterAll
    static void stop() {
        kit.close();
    }

    @Test
    void aLuaWrapperThatChangesNothingChangesNoVerdict() throws Exception {
        assertThat(verdicts(List.of(new Mechanism.LuaWrapper("")))).isEqualTo(bare);
    }

    @Test
    void aRelayThatChangesNothingChangesNoVerdict() throws Exception {
        Map<String, Verdict> relayed = verdicts(List.of(new Mechanism.WireTampering(() -> new Tampering() {})));
        assertThat(relayed).hasSameSizeAs(bare);
        assertThat(relayed)
                .allSatisfy((id, verdict) -> assertThat(verdict)
                        .as(id)
                        .isEqualTo(NEVER_WHOLE.matcher(id).matches() ? Verdict.WARNED : bare.get(id)));
    }

    private static Map<String, Verdict> verdicts(List<Mechanism> mechanisms) throws InterruptedException {
        List<TestCase> light = kit.someOfEachClause().stream()
                .filter(testCase -> testCase.weight() == TestCase.Weight.LIGHT)
                .toList();
        Map<String, Verdict> verdicts = new TreeMap<>();
        new CaseBatchPlayer(kit.server)
                .play(new FaultyClient(kit.client, "nothing", mechanisms), light, JOBS)
                .forEach((id, result) -> verdicts.put(id, result.verdict()));
        return verdicts;
    }
}
