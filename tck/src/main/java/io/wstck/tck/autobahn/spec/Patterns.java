package io.wstck.tck.autobahn.spec;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Selects cases by patterns of their ids.
 *
 * @param select patterns of the cases to serve
 * @param exclude patterns of cases among them that are left out
 */
public record Patterns(List<String> select, List<String> exclude) {
    /** All cases. */
    public static final Patterns ALL = new Patterns(List.of("*"), List.of());

    private static final Pattern FORM = Pattern.compile("[0-9*]+(\\.[0-9*]+)*(\\.\\*)?");

    public Patterns {
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
    }

    /**
     * The cases, in the order of their numbers.
     *
     * @throws SpecException when a pattern is none, or selects nothing, or nothing is left
     */
    public List<AutobahnCase> of(AutobahnCorpus corpus) throws SpecException {
        for (String pattern : exclude) {
            check(pattern);
        }
        for (String pattern : select) {
            check(pattern);
            if (corpus.all().stream().noneMatch(one -> one.id().matches(pattern))) {
                throw new SpecException("expected a pattern of case ids, like 1.1.1, 6.* or *, got \"" + pattern
                        + "\", which no case matches");
            }
        }
        List<AutobahnCase> cases = corpus.select(select, exclude);
        if (cases.isEmpty()) {
            throw new SpecException("no case is left: every one that is selected is excluded as well");
        }
        return cases;
    }

    /** Whether they select {@code id}, be there such a case or not. */
    public boolean selects(CaseId id) {
        return select.stream().anyMatch(id::matches) && exclude.stream().noneMatch(id::matches);
    }

    static void check(String pattern) throws SpecException {
        if (!FORM.matcher(pattern).matches()) {
            throw new SpecException("expected a pattern of case ids, like 1.1.1, 6.* or *, got \"" + pattern + "\"");
        }
    }
}
