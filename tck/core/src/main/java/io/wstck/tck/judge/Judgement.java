package io.wstck.tck.judge;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A verdict with its reason.
 *
 * @param reason one sentence; for a passed case empty, or the accepted outcome that was seen
 * @param expected the requirement; empty unless a check failed
 * @param actual what came instead; empty unless a check failed
 * @param signature the {@link Signature} of the failure; empty unless a check failed
 * @param listing how the result compares with the list of known deviations
 * @param sharedCause a cause that many clauses share; empty if the cause is a breach of the clause of the case
 * @param ifBinding FAILED if the verdict is a warning only because the contract is not binding in the profile of the
 * run
 * @param notes further explanations
 */
public record Judgement(
        Verdict verdict,
        String reason,
        String expected,
        String actual,
        String signature,
        KnownStatus listing,
        Optional<Cause> sharedCause,
        Optional<Verdict> ifBinding,
        JudgementNotes notes) {

    /** Creates a judgement that does not depend on the profile of the run. */
    public Judgement(
            Verdict verdict, String reason, String expected, String actual, String signature, KnownStatus listing) {
        this(
                verdict,
                reason,
                expected,
                actual,
                signature,
                listing,
                Optional.empty(),
                Optional.empty(),
                JudgementNotes.NONE);
    }

    /** Creates a judgement without a signature, for a case that is not listed. */
    public Judgement(Verdict verdict, String reason, String expected, String actual) {
        this(verdict, reason, expected, actual, "", KnownStatus.UNLISTED);
    }

    /** Creates a judgement that is not based on a failed check. */
    public static Judgement of(Verdict verdict, String reason) {
        return new Judgement(verdict, reason, "", "");
    }

    /** Returns the reason with the expected and actual texts as one phrase, without empty parts. */
    public String sentence() {
        return Stream.of(
                        reason,
                        expected.isEmpty() ? "" : "expected " + expected,
                        actual.isEmpty() ? "" : "got " + actual)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Returns whether it counts against the implementation. Known deviations do not. */
    public boolean isFinding() {
        return verdict == Verdict.FAILED || verdict == Verdict.WARNED;
    }

    /** Returns whether the case failed, or would have failed if its contract were binding. */
    public boolean failsWhereItBinds() {
        return verdict == Verdict.FAILED
                || ifBinding.filter(Verdict.FAILED::equals).isPresent();
    }

    /**
     * Returns whether this judgement contradicts an earlier one of the same case, so that the implementation is
     * unstable.
     */
    public boolean differsFrom(Judgement earlier) {
        Verdict now = verdict == Verdict.KNOWN ? Verdict.FAILED : verdict;
        return earlier.isFinding() && now != Verdict.INCONCLUSIVE && now != earlier.verdict();
    }

    /** Returns the same finding with the verdict and the note that the list of known deviations gives it. */
    public Judgement withKnownStatus(KnownStatus status, Verdict now, String note) {
        String text = reason.isEmpty() ? note : note + ": " + reason;
        return new Judgement(now, text, expected, actual, signature, status, sharedCause, ifBinding, notes);
    }

    /** Returns the same finding with the verdict that it would have if the contract of the case were binding. */
    Judgement withVerdictIfBinding(Verdict other) {
        return new Judgement(
                verdict, reason, expected, actual, signature, listing, sharedCause, Optional.of(other), notes);
    }

    /** Returns the same judgement with other notes. */
    public Judgement withNotes(JudgementNotes other) {
        return new Judgement(verdict, reason, expected, actual, signature, listing, sharedCause, ifBinding, other);
    }

    /** Returns whether the client ended the connection as required and only its close frame is missing. */
    public boolean lacksOnlyTheCloseFrame() {
        return sharedCause.filter(SharedCauses::isMissingCloseFrame).isPresent()
                && (actual.equals("no close frame") || actual.endsWith("without a close frame"));
    }
}
