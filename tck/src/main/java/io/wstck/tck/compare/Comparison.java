package io.wstck.tck.compare;

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
 * What changed from one run to another.
 *
 * @param groups every kind of change has an entry, in the order of the kinds; in each the changes by id
 * @param unchanged how many cases have the same verdict, by the same finding
 */
public record Comparison(RecordedRun before, RecordedRun after, Map<Kind, List<Change>> groups, int unchanged) {
    private static final Set<Verdict> NOT_WELL = Set.of(Verdict.FAILED, Verdict.KNOWN, Verdict.WARNED);

    /** Kinds of change. */
    public enum Kind {
        /** FAILED, and did not before. */
        NEWLY_FAILING("newly failing"),
        /** PASSED, and was FAILED, KNOWN or WARNED before. */
        NEWLY_PASSING("newly passing"),
        /** Another verdict of other kinds, or a failure of another kind. */
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

    /** One case; what it was, what it is. One of both is there. */
    public record Change(String id, Optional<CaseFinished> was, Optional<CaseFinished> is) {
        /** {@code PASSED → FAILED}; one verdict where there is but one. */
        public String verdicts() {
            if (was.isPresent() && is.isPresent()) {
                Verdict before = was.get().verdict();
                Verdict after = is.get().verdict();
                return before == after ? after + ", in another way" : before + " → " + after;
            }
            return was.or(() -> is).map(CaseFinished::verdict).orElseThrow().toString();
        }

        /** What is to be said of it: the result after, unless the case is gone. */
        public CaseFinished told() {
            return is.or(() -> was).orElseThrow();
        }
    }

    public static Comparison of(RecordedRun before, RecordedRun after) {
        SequencedMap<String, CaseFinished> old = Standing.of(before);
        SequencedMap<String, CaseFinished> now = Standing.of(after);
        Set<String> ids = new TreeSet<>(old.keySet());
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
        if (change.was().isEmpty()) {
            return Optional.of(Kind.ADDED);
        }
        if (change.is().isEmpty()) {
            return Optional.of(Kind.GONE);
        }
        CaseFinished was = change.was().get();
        CaseFinished is = change.is().get();
        if (was.verdict() == is.verdict()) {
            boolean same = was.judgement().signature().equals(is.judgement().signature());
            return same ? Optional.empty() : Optional.of(Kind.CHANGED);
        }
        if (is.verdict() == Verdict.FAILED) {
            return Optional.of(Kind.NEWLY_FAILING);
        }
        boolean better = is.verdict() == Verdict.PASSED && NOT_WELL.contains(was.verdict());
        return Optional.of(better ? Kind.NEWLY_PASSING : Kind.CHANGED);
    }

    /** Whether something that did not fail does now. A case that is new is none: nobody knows how it was before. */
    public boolean regression() {
        return !groups.get(Kind.NEWLY_FAILING).isEmpty();
    }

    /** Whether the two were judged by the same clauses. */
    public boolean sameSpec() {
        return before.started().spec().equals(after.started().spec());
    }
}
