package io.wstck.tck.autobahn;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The verdict of a case for one client.
 *
 * @param behavior over what the client did
 * @param behaviorClose over how the connection ended
 * @param result why, a sentence
 * @param resultClose why, a sentence
 * @param expected what would have been right, an alternative an element: {@code OK: text message "x"}
 * @param received what came, an element each
 * @param expectedClose what would have been a right end
 * @param remoteCloseCode of the client's close frame
 */
public record AutobahnResult(
        CaseId id,
        Behavior behavior,
        Behavior behaviorClose,
        String result,
        String resultClose,
        List<String> expected,
        List<String> received,
        String expectedClose,
        OptionalInt remoteCloseCode,
        Duration duration) {
    public AutobahnResult {
        expected = List.copyOf(expected);
        received = List.copyOf(received);
    }

    /** Whether both verdicts are fine. */
    public boolean passed() {
        return behavior.passes() && behaviorClose.passes();
    }
}
