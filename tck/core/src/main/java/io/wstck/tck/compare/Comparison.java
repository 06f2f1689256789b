package io.wstck.tck.compare;

import io.wstck.tck.catalogue.NaturalOrder;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.RecordedRun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * The changes from one run to another.
 *
 * @param groups the changes of each kind, in {@link NaturalOrder} of the case ids; every kind has an entry
 * @param unchanged number of cases with the same verdict and the same signature
 */
public record Comparison(RecordedRun before, RecordedRun after, Map<Kind, List<Change>> groups, int unchanged) {
    private static final Set<Verdict> FINDINGS = Set.of(Verdict.FAILED, Verdict.KNOWN, Verdict.WARNED);

    /** Kinds of change. */
    public enum Kind {
        /** FAILED now, and not before. */
        NEWLY_FAILING("newly failing"),
        /** PASSED now; FAILED, KNOWN or WARNED before. */
        NEWLY_PASSING("newly passing"),
        /** Any other change of the verdict, or the same verdict with another signature. */
        CHANGED("changed"),
        ADDED("added"),
        GONE("gone");

        private final String phrase;

        Kind(String phrase) {
            this.phrase = phrase;
        }

        public String phrase() {
            return phrase;
        }
    }

    /**
     * One changed case. At least one of the two results is present.
     *
     * @param earlier the result in the earlier run
     * @param later the result in the later run
     */
    public record Change(String id, Optional<CaseFinished> earlier, Optional<CaseFinished> later) {
        /** The change of the verdict, such as {@code PASSED → FAILED}; a single verdict if there is only one result. */
        public String verdicts() {
            if (earlier.isPresent() && later.isPresent()) {
                Verdict before = earlier.get().verdict();
                Verdict after = later.get().verdict();
                return before == after ? after.word() + ", in another way" : before.word() + " → " + after.word();
            }
            return earlier.or(() -> later)
                    .map(CaseFinished::verdict)
                    .orElseThrow()
                    .word();
        }

        /** Whether the case passed before and is WARNED now. A warning fails no run, so it is no regression. */
        public boolean isNewWarning() {
            return earlier.map(CaseFinished::verdict).equals(Optional.of(Verdict.PASSED))
                    && later.map(CaseFinished::verdict).equals(Optional.of(Verdict.WARNED));
        }

        /** The result to show: the later one, or the earlier one if the case is gone. */
        public CaseFinished shown() {
            return later.or(() -> earlier).orElseThrow();
        }
    }

    public static Comparison of(RecordedRun before, RecordedRun after) {
        SequencedMap<String, CaseFinished> old = WorstResults.of(before);
        SequencedMap<String, CaseFinished> now = WorstResults.of(after);
        Set<String> ids = new TreeSet<>(NaturalOrder.INSTANCE);
        ids.addAll(old.keySet());
        ids.addAll(now.keySet());
        Map<Kind, List<Change>> groups = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            groups.put(kind, new ArrayList<>());
        }
        int unchanged = 0;
        for (String id : ids) {
            Change change = new Change(id, Optional.ofNullable(old.get(id)), Optional.ofNullable(now.get(id)));
            Optional<Kind> kind = kind(change);
            if (kind.isPresent()) {
                groups.get(kind.get()).add(change);
            } else {
                unchanged++;
            }
        }
        return new Comparison(before, after, groups, unchanged);
    }

    private static Optional<Kind> kind(Change change) {
        if (change.earlier().isEmpty()) {
            return Optional.of(Kind.ADDED);
        }
        if (change.later().isEmpty()) {
            return Optional.of(Kind.GONE);
        }
        CaseFinished earlier = change.earlier().get();
        CaseFinished later = change.later().get();
        if (earlier.verdict() == later.verdict()) {
            boolean same =
                    earlier.judgement().signature().equals(later.judgement().signature());
            return same ? Optional.empty() : Optional.of(Kind.CHANGED);
        }
        if (later.verdict() == Verdict.FAILED) {
            return Optional.of(Kind.NEWLY_FAILING);
        }
        boolean better = later.verdict() == Verdict.PASSED && FINDINGS.contains(earlier.verdict());
        return Optional.of(better ? Kind.NEWLY_PASSING : Kind.CHANGED);
    }

    /**
     * Whether a case fails that did not fail before. New cases do not count, because their earlier result is unknown.
     */
    public boolean regression() {
        return !groups.get(Kind.NEWLY_FAILING).isEmpty();
    }

    /** Whether both runs have the same edition of the clauses. */
    public boolean sameSpec() {
        return before.started().spec().equals(after.started().spec());
    }
}
