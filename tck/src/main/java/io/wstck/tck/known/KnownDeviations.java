package io.wstck.tck.known;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Listing;
import io.wstck.tck.judge.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The list of known deviations, and what it makes of a judgement. Immutable.
 *
 * @param drafted one for each list that says it; a list that does not is used in every profile
 */
public record KnownDeviations(List<Drafted> drafted, List<KnownDeviation> entries) {
    /** The list of a run that has none. */
    public static final KnownDeviations NONE = new KnownDeviations(List.of(), List.of());

    /**
     * The profile of the run that a list was drafted from.
     *
     * @param at file and line
     */
    public record Drafted(Profile profile, String at) {}

    public KnownDeviations {
        drafted = List.copyOf(drafted);
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

    /**
     * Requires that the list does not say that it is one for another profile.
     *
     * @throws KnownFileException if it does
     */
    public void requireProfile(Profile profile) throws KnownFileException {
        for (Drafted list : drafted) {
            if (list.profile() != profile) {
                throw new KnownFileException(list.at() + ": profile: expected a list for profile " + profile.word()
                        + ", by which this run judges, got one for profile "
                        + list.profile().word());
            }
        }
    }

    /**
     * Both lists as one, such as that of a library and that of the runtime above it. A case that both list may fail as either says.
     *
     * @param ids of all cases there are
     * @throws KnownFileException if one says that a case fails each time, and the other that it passes sometimes
     */
    public KnownDeviations and(KnownDeviations other, Collection<String> ids) throws KnownFileException {
        for (KnownDeviation entry : entries) {
            for (KnownDeviation second : other.entries) {
                if (entry.contradicts(second)) {
                    requireNoCommonCase(entry, second, ids);
                }
            }
        }
        return new KnownDeviations(joined(drafted, other.drafted), joined(entries, other.entries));
    }

    private static void requireNoCommonCase(KnownDeviation entry, KnownDeviation second, Collection<String> ids)
            throws KnownFileException {
        Optional<String> common =
                ids.stream().filter(id -> entry.lists(id) && second.lists(id)).findFirst();
        if (common.isPresent()) {
            throw new KnownFileException(second.at() + ": expected the same as " + entry.at() + " says of case "
                    + common.get() + ", which " + entry.passes().phrase() + ", got that it "
                    + second.passes().phrase());
        }
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
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
     * What a judgement is in the light of the list. FAILED as listed becomes KNOWN; WARNED as listed stays WARNED, which fails no run. What
     * did not fail though it is listed as a failure makes the list outdated, and so does what passed though it is listed as a warning,
     * unless the entry says that it passes sometimes. OBSERVED, SKIPPED and INCONCLUSIVE say nothing about a deviation.
     */
    public Judgement hold(String caseId, Judgement judgement) {
        List<KnownDeviation> listed =
                entries.stream().filter(entry -> entry.lists(caseId)).toList();
        if (listed.isEmpty()) {
            return judgement;
        }
        List<KnownDeviation> warnings = listed.stream()
                .filter(entry -> entry.finding() == KnownDeviation.Finding.WARNING)
                .toList();
        return switch (judgement.verdict()) {
            case PASSED -> outdated(judgement, listed, "passed");
            case FAILED -> failing(judgement, listed);
            case WARNED ->
                warnings.isEmpty()
                        ? outdated(judgement, listed, "is a warning")
                        : known(judgement, Verdict.WARNED, warnings);
            case KNOWN, OBSERVED, SKIPPED, INCONCLUSIVE -> judgement;
        };
    }

    private static Judgement outdated(Judgement judgement, List<KnownDeviation> listed, String became) {
        return listed.stream()
                .filter(entry -> entry.passes() == KnownDeviation.Passing.NEVER)
                .findFirst()
                .map(entry -> judgement.listed(
                        Listing.OUTDATED,
                        judgement.verdict(),
                        "listed as known (" + entry.at() + ") but " + became + ": remove it"))
                .orElse(judgement);
    }

    private static Judgement failing(Judgement judgement, List<KnownDeviation> listed) {
        List<KnownDeviation> failures = listed.stream()
                .filter(entry -> entry.finding() == KnownDeviation.Finding.FAILURE)
                .toList();
        return failures.isEmpty()
                ? judgement.listed(
                        Listing.OTHERWISE,
                        Verdict.FAILED,
                        "listed as a known warning (" + listed.getFirst().at() + "), but fails")
                : known(judgement, Verdict.KNOWN, failures);
    }

    private static Judgement known(Judgement judgement, Verdict asListed, List<KnownDeviation> listed) {
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
