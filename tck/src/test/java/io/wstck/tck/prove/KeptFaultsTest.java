package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.prove.kept.KeptFaults;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A part of what the command prove does for all faults. */
class KeptFaultsTest {
    private static final Set<String> PLAYED = Set.of(
            "constants.close-code-off-by-one",
            "errors.retryable-swapped",
            "permission.judged-after-dialling",
            "protocols.reversed",
            "send.text-as-binary",
            "frames.not-masked",
            "frames.key-constant",
            "pong.without-payload",
            "receive.closed-says-true",
            "receive.channel-new",
            "receive.second-of-two-lost",
            "close.always-1000",
            "close.reason-dropped",
            "remote-close.not-answered",
            "frames.reserved-bits-accepted",
            "fragmentation.orphan-accepted");

    @Test
    void theMostTellingFaultsAreCaughtByEveryClauseThatTheyBreak() throws Exception {
        List<Fault> faults = KeptFaults.all().stream()
                .filter(fault -> PLAYED.contains(fault.id()))
                .toList();
        assertThat(faults).hasSameSizeAs(PLAYED);
        try (Kit kit = Kit.start()) {
            ProofReport report = kit.prover().prove(faults, Kit.SILENT);
            assertThat(report.findings())
                    .allSatisfy(finding -> assertThat(finding).isInstanceOf(Finding.Caught.class));
        }
    }

    @Test
    void everyFaultHasAnIdOfItsOwn() {
        List<String> ids = KeptFaults.all().stream().map(Fault::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
    }
}
