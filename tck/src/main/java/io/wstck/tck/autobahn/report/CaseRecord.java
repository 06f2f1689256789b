package io.wstck.tck.autobahn.report;

import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.CaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a case after its own report is written.
 *
 * @param agent what the driver calls its client
 * @param reportFile name of that report, below the folder of the reports
 * @param deflate what was negotiated
 * @param transcript the log of the wire, its middle left out where it is long
 */
public record CaseRecord(
        String agent,
        AutobahnCase testCase,
        AutobahnResult result,
        String reportFile,
        Instant started,
        Optional<DeflateParameters> deflate,
        List<String> transcript) {
    public CaseRecord {
        transcript = List.copyOf(transcript);
    }

    /** The case's number. */
    public CaseId id() {
        return testCase.id();
    }
}
