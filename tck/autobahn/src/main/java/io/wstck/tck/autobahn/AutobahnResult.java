package io.wstck.tck.autobahn;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Both verdicts of a case for one peer, with their reasons.
 *
 * @param behavior the verdict over the peer's messages and control frames
 * @param behaviorClose the verdict over the end of the connection
 * @param result the reason for {@code behavior}, a sentence
 * @param resultClose the reason for {@code behaviorClose}, a sentence
 * @param difference the first event that was not expected or did not come, a sentence; empty if the events are right
 * @param expected the permitted outcomes, one for each element: {@code OK: text message "x"}
 * @param received the peer's events, one for each element
 * @param expectedClose the required end of the connection
 * @param remoteCloseCode the code of the peer's close frame
 */
public record AutobahnResult(
        CaseId id,
        AutobahnVerdict behavior,
        AutobahnVerdict behaviorClose,
        String result,
        String resultClose,
        String difference,
        List<String> expected,
        List<String> received,
        String expectedClose,
        OptionalInt remoteCloseCode,
        Duration duration) {
    public AutobahnResult {
        expected = List.copyOf(expected);
        received = List.copyOf(received);
    }

    /** Whether both verdicts pass. */
    public boolean passed() {
        return behavior.passes() && behaviorClose.passes();
    }
}
