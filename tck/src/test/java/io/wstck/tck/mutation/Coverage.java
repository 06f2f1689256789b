package io.wstck.tck.mutation;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each case reaches of the client, how long it takes, and its verdict on the client as it is. */
final class Coverage {
    private static final String SEPARATOR = "\t";

    private final Map<String, Line> byCase = new LinkedHashMap<>();

    private record Line(Duration duration, Verdict verdict, BitSet places) {}

    /** Notes a played case. */
    void add(CaseResult result, BitSet places) {
        byCase.merge(result.testCase().id(), new Line(result.duration(), result.verdict(), places), (before, after) -> {
            after.places().or(before.places());
            return after;
        });
    }

    /** Whether a finding of the case shows that the client was changed: also one of a <em>may</em>, whose outcome is none that it accepts. */
    boolean shows(TestCase testCase) {
        Line line = byCase.get(testCase.id());
        return line != null && (line.verdict() == Verdict.PASSED || line.verdict() == Verdict.OBSERVED);
    }

    /** Whether the case reaches the place. */
    boolean reaches(TestCase testCase, int place) {
        Line line = byCase.get(testCase.id());
        return line != null && line.places().get(place);
    }

    /** How long the case took; nothing else was played beside it. */
    Duration duration(TestCase testCase) {
        return byCase.get(testCase.id()).duration();
    }

    /** The places that the case reaches; not to be changed. */
    BitSet places(TestCase testCase) {
        return byCase.get(testCase.id()).places();
    }

    /** How many places the case reaches. */
    int size(TestCase testCase) {
        return byCase.get(testCase.id()).places().cardinality();
    }

    /** The places that some case reaches. */
    BitSet reached() {
        BitSet all = new BitSet();
        byCase.values().forEach(line -> all.or(line.places()));
        return all;
    }

    /** The ids of the cases that fail for the client as it is, or could not be judged. */
    List<String> unusable() {
        return byCase.entrySet().stream()
                .filter(entry -> entry.getValue().verdict() != Verdict.PASSED
                        && entry.getValue().verdict() != Verdict.OBSERVED
                        && entry.getValue().verdict() != Verdict.SKIPPED)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Reads what {@link #write} has written; empty when there is none of that key. */
    static Optional<Coverage> read(Path file, String key) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(key)) {
            return Optional.empty();
        }
        Coverage coverage = new Coverage();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(SEPARATOR, -1);
            coverage.byCase.put(
                    fields[0],
                    new Line(
                            Duration.ofNanos(Long.parseLong(fields[1])),
                            Verdict.valueOf(fields[2]),
                            BitSet.valueOf(Base64.getDecoder().decode(fields[3]))));
        }
        return Optional.of(coverage);
    }

    /**
     * Writes all of it.
     *
     * @param key of the classes and the cases that it is true for
     */
    void write(Path file, String key) throws IOException {
        List<String> lines = new ArrayList<>(List.of(key));
        byCase.forEach((id, line) -> lines.add(String.join(
                SEPARATOR,
                id,
                Long.toString(line.duration().toNanos()),
                line.verdict().name(),
                Base64.getEncoder().encodeToString(line.places().toByteArray()))));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }

    /** The cases that are played against a mutant of that place, each of which can show it. */
    List<TestCase> showing(Collection<TestCase> cases, int place) {
        return cases.stream()
                .filter(testCase -> shows(testCase) && reaches(testCase, place))
                .toList();
    }
}
