package io.wstck.tck.judge;

import java.util.Optional;

/**
 * A verdict and what it rests on.
 *
 * @param reason one sentence; for a passed case empty, or the accepted outcome that was seen
 * @param expected what was required, empty unless a check failed
 * @param actual what came instead, empty unless a check failed
 * @param signature of what failed, see {@link Signature}; empty unless one failed
 * @param listing how it stands to the list of known deviations
 * @param sharedCause what the finding tells of the client whatever the case is about; empty where the clause of the case is the cause
 * @param ifBinding FAILED where only the profile of the run made the verdict a warning: the contract of the case does not bind in it
 * @param notes what helps to understand it
 */
public record Judgement(
        Verdict verdict,
        String reason,
        String expected,
        String actual,
        String signature,
        Listing listing,
        Optional<Cause> sharedCause,
        Optional<Verdict> ifBinding,
        Notes notes) {

    /** A judgement that the profile of the run does not change. */
    public Judgement(
            Verdict verdict, String reason, String expected, String actual, String signature, Listing listing) {
        this(verdict, reason, expected, actual, signature, listing, Optional.empty(), Optional.empty(), Notes.NONE);
    }

    /** A judgement on a case that is not listed, by a check whose signature nobody asks for. */
    public Judgement(Verdict verdict, String reason, String expected, String actual) {
        this(verdict, reason, expected, actual, "", Listing.UNLISTED);
    }

    /** A judgement that no failed check stands behind. */
    public static Judgement of(Verdict verdict, String reason) {
        return new Judgement(verdict, reason, "", "");
    }

    /** Whether it speaks against the implementation, and no list has made something else of it. */
    public boolean isFinding() {
        return verdict == Verdict.FAILED || verdict == Verdict.WARNED;
    }

    /** Whether it has failed, or would have if the contract of the case bound. */
    public boolean failsWhereItBinds() {
        return verdict == Verdict.FAILED
                || ifBinding.filter(Verdict.FAILED::equals).isPresent();
    }

    /** Whether an implementation that was judged so before, and is judged this way now, is not the same each time. */
    public boolean differsFrom(Judgement earlier) {
        Verdict now = verdict == Verdict.KNOWN ? Verdict.FAILED : verdict;
        return earlier.isFinding() && now != Verdict.INCONCLUSIVE && now != earlier.verdict();
    }

    /** The same finding, held against a list: another verdict, and what the list says before the reason. */
    public Judgement listed(Listing as, Verdict now, String note) {
        String told = reason.isEmpty() ? note : note + ": " + reason;
        return new Judgement(now, told, expected, actual, signature, as, sharedCause, ifBinding, notes);
    }

    /** The same finding, which would have another verdict if the contract of the case bound. */
    Judgement elsewhere(Verdict other) {
        return new Judgement(
                verdict, reason, expected, actual, signature, listing, sharedCause, Optional.of(other), notes);
    }

    /** The same judgement with other notes. */
    public Judgement noted(Notes other) {
        return new Judgement(verdict, reason, expected, actual, signature, listing, sharedCause, ifBinding, other);
    }
}
