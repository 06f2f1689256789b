package io.wstck.tck.run;

import io.wstck.server.journal.Journal;
import io.wstck.tck.implementation.ClientBehaviour.MessageCompression;
import io.wstck.tck.judge.KitError;
import java.util.List;
import java.util.Optional;

/**
 * Everything that playing a case once has recorded. It is enough to judge the case again without a client and a server.
 *
 * @param journal absent for a case without a server
 * @param kitError the earliest error of the kit before the wire checks
 * @param ended the end of the case, in nanoseconds since its session was opened
 * @param stalls the worst stall in each interval that the judgement asked about
 * @param compresses which of its messages the client compresses, as its description says
 */
public record CaseRecord(
        ScriptRecord script,
        Optional<Journal> journal,
        Optional<KitError> kitError,
        long ended,
        List<WorstStall> stalls,
        MessageCompression compresses) {
    public CaseRecord {
        stalls = List.copyOf(stalls);
    }

    /**
     * The worst stall within an interval. All values are in nanoseconds. The interval counts from the opening of the
     * session.
     */
    public record WorstStall(long from, long to, long worst) {}
}
