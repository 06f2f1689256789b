package io.wstck.tck.known;

import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Listing;
import io.wstck.tck.judge.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The list of known deviations, and what it makes of a judgement. Immutable. */
public record KnownDeviations(List<KnownDeviation> entries) {
    /** The list of a run that has none. */
    public static final KnownDeviations NONE = new KnownDeviations(List.of());

    public KnownDeviations {
        entries = List.copyOf(entries);
    }

    /**
     * Requires that every pattern matches a case.
     *
     * @param ids of all cases there are, whether or not they are played
     * @throws KnownFileException for the first pattern that matches none
     */
    public void requireCases(Collection<String> ids) throws KnownFileException {
        for (KnownDeviation entry : entries) {
            for (KnownDeviation.Word pattern : entry.patterns()) {
                if (ids.stream().noneMatch(pattern::matches)) {
                    throw new KnownFileException(pattern.at()
                            + ": pattern: expected one that matches the id of a case, got "
                            + KnownFileException.quoted(pattern.text()) + ", which matches none");
                }
            }
        }
    }

    /** Whether any entry lists the case. */
    public boolean lists(String caseId) {
        return entries.stream().anyMatch(entry -> entry.lists(caseId));
    }

    /** The entries whose reason is still to be written. */
    public List<KnownDeviation> unexplained() {
        return entries.stream().filter(KnownDeviation::unexplained).toList();
    }

    /**
     * What a judgement is in the light of the list. FAILED as listed becomes KNOWN; WARNED as listed stays WARNED, which fails no run. PASSED
     * though listed stays PASSED, and makes the list outdated unless the entry says that it passes sometimes. OBSERVED, SKIPPED and INCONCLUSIVE say nothing about a deviation.
     */
    public Judgement hold(String caseId, Judgement judgement) {
        List<KnownDeviation> listed =
                entries.stream().filter(entry -> entry.lists(caseId)).toList();
        if (listed.isEmpty()) {
            return judgement;
        }
        return switch (judgement.verdict()) {
            case PASSED -> passing(judgement, listed);
            case FAILED -> failing(judgement, Verdict.KNOWN, listed);
            case WARNED -> failing(judgement, Verdict.WARNED, listed);
            case KNOWN, OBSERVED, SKIPPED, INCONCLUSIVE -> judgement;
        };
    }

    private static Judgement passing(Judgement judgement, List<KnownDeviation> listed) {
        return listed.stream()
                .filter(entry -> entry.passes() == KnownDeviation.Passing.NEVER)
                .findFirst()
                .map(entry -> judgement.listed(
                        Listing.OUTDATED, Verdict.PASSED, "listed as known (" + entry.at() + ") but passed: remove it"))
                .orElse(judgement);
    }

    private static Judgement failing(Judgement judgement, Verdict asListed, List<KnownDeviation> listed) {
        Optional<KnownDeviation> known = listed.stream()
                .filter(entry -> entry.describes(judgement.signature()))
                .findFirst();
        if (known.isPresent()) {
            return judgement.listed(
                    Listing.AS_LISTED, asListed, "known: " + known.get().told());
        }
        return judgement.listed(
                Listing.OTHERWISE,
                judgement.verdict(),
                "listed as known (" + listed.getFirst().at() + "), but fails otherwise");
    }
}
