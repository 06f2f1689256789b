package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.prove.faults.FaultCatalogue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Proves some of the faults. The command prove plays all of them. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class FaultCatalogueTest {
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
            "fragmentation.orphan-accepted",
            "constants.shared",
            "tls.host-not-verified",
            "tls.dates-not-verified",
            "compression.window-forgotten",
            "compression.though-declined",
            "deflate-answer.unknown-accepted",
            "inflate.damaged-delivered",
            "inflate.window-forgotten",
            "read-limit.of-each-fragment",
            "channel-capacity.1-refused",
            "web.none-selected-accepted");

    @Test
    void importantFaultsAreCaughtByEveryClauseThatTheyBreak() throws Exception {
        List<Fault> faults = FaultCatalogue.all().stream()
                .filter(fault -> PLAYED.contains(fault.id()))
                .toList();
        assertThat(faults).hasSameSizeAs(PLAYED);
        try (ProofFixture kit = ProofFixture.start()) {
            ProofReport report = kit.prover().prove(faults, List.of(), ProofFixture.SILENT);
            assertThat(report.findings())
                    .allSatisfy(finding -> assertThat(finding).isInstanceOf(FaultFinding.Caught.class));
        }
    }

    @Test
    void everyClauseThatAClientCanMissIsBrokenByAFault() throws Exception {
        assertThat(coverage().clausesWithoutFault()).extracting(Clause::id).isEmpty();
    }

    @Test
    void everyDocumentedClauseHasAnExclusiveFaultOrAReasonWhyNoneCanExist() throws Exception {
        assertThat(coverage().clausesWithoutExclusiveFault())
                .extracting(Clause::id)
                .isEmpty();
    }

    private static FaultCoverage coverage() throws CaseFileException {
        return FaultCoverage.of(
                CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.shipped()).cases(), FaultCatalogue.all());
    }

    @Test
    void everyFaultHasAUniqueId() {
        List<String> ids = FaultCatalogue.all().stream().map(Fault::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
    }
}
