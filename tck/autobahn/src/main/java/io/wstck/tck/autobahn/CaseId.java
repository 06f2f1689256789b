package io.wstck.tck.autobahn;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The number of a case, {@code 1.1.1}. Ordered by its numbers, not as text. Immutable. */
public record CaseId(List<Integer> numbers) implements Comparable<CaseId> {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6}){0,5}");

    public CaseId {
        numbers = List.copyOf(numbers);
    }

    /** The section that goes beyond the original. Its cases are for servers only. */
    public static final int BEYOND = 14;

    /** The id with these numbers. */
    public static CaseId of(Integer... numbers) {
        return new CaseId(List.of(numbers));
    }

    /**
     * Reads {@code 1.1.1}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static CaseId parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("case id: expected numbers and dots like 1.1.1, got \"" + text + '"');
        }
        return new CaseId(Arrays.stream(text.split("\\.")).map(Integer::valueOf).toList());
    }

    /**
     * Whether {@code pattern} of a fuzzingserver.json selects this case. {@code *} matches any text. A pattern without
     * {@code *} is an id.
     */
    public boolean matches(String pattern) {
        String expression =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.matches(expression, toString());
    }

    /**
     * Whether {@code pattern} asks for this case. Only a pattern that begins with {@code 14.} asks for the section
     * beyond the original: {@code *} stands for the original's cases.
     */
    public boolean isAskedBy(String pattern) {
        return matches(pattern) && (!isBeyond() || pattern.startsWith(BEYOND + "."));
    }

    /** Whether the case belongs to the section beyond the original. */
    public boolean isBeyond() {
        return numbers.getFirst() == BEYOND;
    }

    @Override
    public int compareTo(CaseId other) {
        for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
            int order = Integer.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(numbers.size(), other.numbers.size());
    }

    @Override
    public String toString() {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
