package io.wstck.tck.known;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The known deviations of a run, read from one list or several, applied to its judgements. Immutable.
 *
 * @param profiles the profile of each list that names one; a list without one applies in every profile
 */
public record KnownDeviations(List<ListProfile> profiles, List<KnownDeviation> entries) {
    /** The empty list. */
    public static final KnownDeviations NONE = new KnownDeviations(List.of(), List.of());

    /**
     * The profile that a list names.
     *
     * @param at file and line
     */
    public record ListProfile(Profile profile, String at) {}

    public KnownDeviations {
        profiles = List.copyOf(profiles);
        entries = List.copyOf(entries);
    }

    /**
     * Checks that every pattern matches a case.
     *
     * @param ids of all cases, played or not
     * @throws KnownFileException for the first pattern without a match
     */
    public void requireCases(Collection<String> ids) throws KnownFileException {
        for (KnownDeviation entry : entries) {
            for (KnownDeviation.GlobPattern pattern : entry.patterns()) {
                if (ids.stream().noneMatch(pattern::matches)) {
                    throw new KnownFileException(pattern.at()
                            + ": pattern: expected one that matches the id of a case, got "
                            + KnownFileException.quoted(pattern.text()) + ", which matches none");
                }
            }
        }
    }

    /**
     * Checks that no entry names an agent, for runs of a single implementation.
     *
     * @throws KnownFileException if one does
     */
    public void requireNoAgents() throws KnownFileException {
        for (KnownDeviation entry : entries) {
            if (!entry.agents().isEmpty()) {
                throw new KnownFileException(entry.agents().getFirst().at()
                        + ": agent: expected no such field, because only Autobahn runs have agents with names");
            }
        }
    }

    /** The entries that apply to the agent with this name. */
    public KnownDeviations forAgent(String agent) {
        return new KnownDeviations(
                profiles,
                entries.stream().filter(entry -> entry.appliesTo(agent)).toList());
    }

    /**
     * Checks that no list names another profile.
     *
     * @throws KnownFileException if one does
     */
    public void requireProfile(Profile profile) throws KnownFileException {
        for (ListProfile list : profiles) {
            if (list.profile() != profile) {
                throw new KnownFileException(list.at() + ": profile: expected a list for profile " + profile.word()
                        + ", the profile of this run, got one for profile "
                        + list.profile().word());
            }
        }
    }

    /**
     * Combines two lists, such as those of a library and of its runtime. If both list a case, it may fail as either
     * says.
     *
     * @param ids of all cases
     * @throws KnownFileException if one list says that a case always fails, and the other that it passes sometimes
     */
    public KnownDeviations plus(KnownDeviations other, Collection<String> ids) throws KnownFileException {
        for (KnownDeviation entry : entries) {
            for (KnownDeviation second : other.entries) {
                if (entry.contradicts(second)) {
                    requireNoCommonCase(entry, second, ids);
                }
            }
        }
        return new KnownDeviations(joined(profiles, other.profiles), joined(entries, other.entries));
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
     * Applies the list to a judgement. FAILED as listed becomes KNOWN. WARNED as listed stays WARNED, which fails no
     * run. The list is outdated if a case is listed as a failure and did not fail, or is listed as a warning and
     * passed. An entry that passes sometimes is never outdated. OBSERVED, SKIPPED and INCONCLUSIVE stay as they are.
     */
    public Judgement apply(String caseId, Judgement judgement) {
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
                .map(entry -> judgement.withKnownStatus(
                        KnownStatus.OUTDATED,
                        judgement.verdict(),
                        "listed as known (" + entry.at() + ") but " + became
                                + ": remove it, or write `passes: sometimes`" + " if the case fails in some runs"))
                .orElse(judgement);
    }

    private static Judgement failing(Judgement judgement, List<KnownDeviation> listed) {
        List<KnownDeviation> failures = listed.stream()
                .filter(entry -> entry.finding() == KnownDeviation.Finding.FAILURE)
                .toList();
        return failures.isEmpty()
                ? judgement.withKnownStatus(
                        KnownStatus.OTHERWISE,
                        Verdict.FAILED,
                        "listed as a known warning (" + listed.getFirst().at() + "), but fails")
                : known(judgement, Verdict.KNOWN, failures);
    }

    private static Judgement known(Judgement judgement, Verdict asListed, List<KnownDeviation> listed) {
        Optional<KnownDeviation> known = listed.stream()
                .filter(entry -> entry.describes(judgement.signature()))
                .findFirst();
        if (known.isPresent()) {
            return judgement.withKnownStatus(
                    KnownStatus.AS_LISTED, asListed, "known: " + known.get().reasonWithLink());
        }
        return judgement.withKnownStatus(
                KnownStatus.OTHERWISE,
                judgement.verdict(),
                "listed as known (" + listed.getFirst().at() + "), but fails in another way");
    }
}
