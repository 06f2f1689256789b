package io.wstck.tck.judge;

/**
 * A verdict and what it rests on.
 *
 * @param reason one sentence; for a passed case empty, or the accepted outcome that was seen
 * @param expected what was required, empty unless a check failed
 * @param actual what came instead, empty unless a check failed
 */
public record Judgement(Verdict verdict, String reason, String expected, String actual) {

    /** A judgement that no failed check stands behind. */
    public static Judgement of(Verdict verdict, String reason) {
        return new Judgement(verdict, reason, "", "");
    }
}
