package io.wstck.tck.autobahn.report;

import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.CaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The data of a played case that stay in memory after its own report is written.
 *
 * @param agent the name of the client, which the driver gives, or of the server
 * @param reportFile the file name of that report in the folder of the reports
 * @param deflate the negotiated parameters
 * @param transcript the wire log, without its middle if it is long
 */
public record CaseSummary(
        String agent,
        AutobahnCase testCase,
        AutobahnResult result,
        String reportFile,
        Instant started,
        Optional<DeflateParameters> deflate,
        List<String> transcript) {
    public CaseSummary {
        transcript = List.copyOf(transcript);
    }

    /** The file name of the same report as an HTML page. */
    String pageFile() {
        return ReportFileNames.pageOf(reportFile);
    }

    /** The case's number. */
    public CaseId id() {
        return testCase.id();
    }
}
