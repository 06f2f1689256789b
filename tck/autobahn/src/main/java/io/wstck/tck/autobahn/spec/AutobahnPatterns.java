package io.wstck.tck.autobahn.spec;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Selects cases by patterns of their ids.
 *
 * @param select the patterns of the cases to serve
 * @param exclude the patterns of cases to leave out
 */
public record AutobahnPatterns(List<String> select, List<String> exclude) {
    /** All cases. */
    public static final AutobahnPatterns ALL = new AutobahnPatterns(List.of("*"), List.of());

    private static final Pattern FORM = Pattern.compile("[0-9*]+(\\.[0-9*]+)*(\\.\\*)?");

    public AutobahnPatterns {
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
    }

    /**
     * The selected cases, ordered by number.
     *
     * @throws SpecException if a pattern is invalid, if a pattern to serve matches no case, or if no case is left
     */
    public List<AutobahnCase> of(AutobahnCorpus corpus) throws SpecException {
        for (String pattern : exclude) {
            check(pattern);
        }
        List<String> unmatched = unmatched(corpus);
        if (!unmatched.isEmpty()) {
            throw new SpecException("expected a pattern of case ids, like 1.1.1, 6.* or *, got \""
                    + unmatched.getFirst() + "\", which no case matches");
        }
        List<AutobahnCase> cases = corpus.select(select, exclude);
        if (cases.isEmpty()) {
            throw new SpecException("no case is left: every selected case is also excluded");
        }
        return cases;
    }

    /**
     * The patterns to serve that match no case.
     *
     * @throws SpecException if a pattern is invalid
     */
    public List<String> unmatched(AutobahnCorpus corpus) throws SpecException {
        List<String> unmatched = new ArrayList<>();
        for (String pattern : select) {
            check(pattern);
            if (corpus.all().stream().noneMatch(testCase -> testCase.id().isAskedBy(pattern))) {
                unmatched.add(pattern);
            }
        }
        return unmatched;
    }

    /** The patterns to leave out that match no case. */
    public List<String> unmatchedExclusions(AutobahnCorpus corpus) {
        return unmatched(exclude, corpus);
    }

    /** Those of {@code exclusions} that match no case. */
    static List<String> unmatched(List<String> exclusions, AutobahnCorpus corpus) {
        return exclusions.stream()
                .filter(pattern ->
                        corpus.all().stream().noneMatch(one -> one.id().matches(pattern)))
                .toList();
    }

    /** The same patterns without some of those to serve. */
    public AutobahnPatterns without(List<String> some) {
        return new AutobahnPatterns(
                select.stream().filter(pattern -> !some.contains(pattern)).toList(), exclude);
    }

    /** Whether the patterns select {@code id}, which need not be a case. */
    public boolean selects(CaseId id) {
        return select.stream().anyMatch(id::isAskedBy) && exclude.stream().noneMatch(id::matches);
    }

    static void check(String pattern) throws SpecException {
        if (!FORM.matcher(pattern).matches()) {
            throw new SpecException("expected a pattern of case ids, like 1.1.1, 6.* or *, got \"" + pattern + "\"");
        }
    }
}
