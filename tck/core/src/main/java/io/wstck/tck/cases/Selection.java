package io.wstck.tck.cases;

import io.wstck.tck.catalogue.Level;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Selects cases by id and level. A pattern is an id with {@code *} for any text and {@code ?} for one character. It
 * matches case ids and clause ids.
 *
 * @param only a case is selected if any of these patterns matches; empty: all cases
 * @param skip a case is left out if any of these patterns matches
 * @param levels a case is selected if its level is one of these; empty: all levels
 */
public record Selection(List<String> only, List<String> skip, Set<Level> levels) {

    public static final Selection ALL = new Selection(List.of(), List.of(), Set.of());

    public Selection {
        only = List.copyOf(only);
        skip = List.copyOf(skip);
        levels = Set.copyOf(levels);
    }

    /**
     * Returns the selected cases in their order.
     *
     * @throws NothingSelectedException if a pattern matches no case, or no case is left
     */
    public List<TestCase> select(List<TestCase> cases) throws NothingSelectedException {
        requireMatches("--only", only, cases);
        requireMatches("--skip", skip, cases);
        List<TestCase> selected = cases.stream()
                .filter(testCase -> only.isEmpty() || matchesAny(only, testCase))
                .filter(testCase -> !matchesAny(skip, testCase))
                .filter(testCase -> levels.isEmpty() || levels.contains(testCase.level()))
                .toList();
        if (selected.isEmpty()) {
            throw new NothingSelectedException(
                    "expected at least one case to be left by --only, --skip and --level, got none");
        }
        return selected;
    }

    private static void requireMatches(String option, List<String> patterns, List<TestCase> cases)
            throws NothingSelectedException {
        for (String pattern : patterns) {
            if (cases.stream().noneMatch(testCase -> matches(pattern, testCase))) {
                throw new NothingSelectedException(
                        option + ": expected a pattern that matches a case or clause id, got \"" + pattern
                                + "\", which matches none");
            }
        }
    }

    private static boolean matchesAny(List<String> patterns, TestCase testCase) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, testCase));
    }

    private static boolean matches(String pattern, TestCase testCase) {
        Pattern glob = glob(pattern);
        return glob.matcher(testCase.id()).matches()
                || glob.matcher(testCase.clause().id()).matches();
    }

    /** Converts a pattern to a regular expression. */
    public static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int index = 0; index < pattern.length(); index++) {
            char c = pattern.charAt(index);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
