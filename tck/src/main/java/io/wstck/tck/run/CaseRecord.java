package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.tck.implementation.ClientBehaviour.Compresses;
import io.wstck.tck.judge.Trouble;
import java.util.List;
import java.util.Optional;

/**
 * All that a case has left when it was played once: whoever has it can judge the case without a client and a server.
 *
 * @param journal in the form of {@code docs/scenarios.md}; without entries for a case that has no server
 * @param trouble what the kit had trouble with before the wire was looked at, the earliest
 * @param ended when the case was over, in nanoseconds since its session was opened
 * @param late how late this machine was in the intervals that the judgement has asked for
 * @param compresses which of its messages the client says that it compresses
 */
public record CaseRecord(
        ScriptRecord script,
        JsonNode journal,
        Optional<Trouble> trouble,
        long ended,
        List<Late> late,
        Compresses compresses) {
    public CaseRecord {
        late = List.copyOf(late);
    }

    /**
     * The most that anybody was woken late within an interval, all in nanoseconds; the interval counts from the opening of the session.
     */
    public record Late(long from, long to, long worst) {}
}
