package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.prove.kept.KeptFaults;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A part of what the command prove does for all faults. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
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
    void everyClauseThatAClientCanMissIsBrokenByAFault() throws Exception {
        assertThat(coverage().unbroken()).extracting(Clause::id).isEmpty();
    }

    @Test
    void everyDocumentedClauseHasAFaultThatOnlyItsCasesNoticeOrAReasonWhyNoneCanExist() throws Exception {
        assertThat(coverage().withoutFaultOfTheirOwn()).extracting(Clause::id).isEmpty();
    }

    private static Coverage coverage() throws CaseFileException {
        return Coverage.of(
                CaseCatalogue.load(Catalogue.load(), CaseSource.shipped()).cases(), KeptFaults.all());
    }

    @Test
    void everyFaultHasAnIdOfItsOwn() {
        List<String> ids = KeptFaults.all().stream().map(Fault::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
    }
}
