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

/** The coverage of each case: the reached places of the client, the duration, and the verdict without a mutant. */
final class CaseCoverage {
    private static final String SEPARATOR = "\t";

    private final Map<String, CaseEntry> byCase = new LinkedHashMap<>();

    private record CaseEntry(Duration duration, Verdict verdict, BitSet places) {}

    /** Adds a played case. */
    void add(CaseResult result, BitSet places) {
        byCase.merge(
                result.testCase().id(), new CaseEntry(result.duration(), result.verdict(), places), (before, after) -> {
                    after.places().or(before.places());
                    return after;
                });
    }

    /**
     * Whether a finding of the case shows a mutant. A case of a <em>may</em> can fail too, if it accepts none of the
     * outcomes.
     */
    boolean shows(TestCase testCase) {
        CaseEntry line = byCase.get(testCase.id());
        return line != null && (line.verdict() == Verdict.PASSED || line.verdict() == Verdict.OBSERVED);
    }

    /** Whether the case reaches the place. */
    boolean reaches(TestCase testCase, int place) {
        CaseEntry line = byCase.get(testCase.id());
        return line != null && line.places().get(place);
    }

    /** The duration of the case, played alone. */
    Duration duration(TestCase testCase) {
        return byCase.get(testCase.id()).duration();
    }

    /** The places that the case reaches. Callers must not change the set. */
    BitSet places(TestCase testCase) {
        return byCase.get(testCase.id()).places();
    }

    /** The number of places that the case reaches. */
    int size(TestCase testCase) {
        return byCase.get(testCase.id()).places().cardinality();
    }

    /** The places that at least one case reaches. */
    BitSet reached() {
        BitSet all = new BitSet();
        byCase.values().forEach(line -> all.or(line.places()));
        return all;
    }

    /** The ids of the cases that fail or are inconclusive without a mutant. */
    List<String> unusable() {
        return byCase.entrySet().stream()
                .filter(entry -> entry.getValue().verdict() != Verdict.PASSED
                        && entry.getValue().verdict() != Verdict.OBSERVED
                        && entry.getValue().verdict() != Verdict.SKIPPED)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Reads a file of {@link #write}. Empty if there is no file with this key. */
    static Optional<CaseCoverage> read(Path file, String key) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(key)) {
            return Optional.empty();
        }
        CaseCoverage coverage = new CaseCoverage();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(SEPARATOR, -1);
            coverage.byCase.put(
                    fields[0],
                    new CaseEntry(
                            Duration.ofNanos(Long.parseLong(fields[1])),
                            Verdict.valueOf(fields[2]),
                            BitSet.valueOf(Base64.getDecoder().decode(fields[3]))));
        }
        return Optional.of(coverage);
    }

    /**
     * Writes the coverage.
     *
     * @param key the key of the classes and the cases
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

    /** The cases that reach the place and can show a mutant. */
    List<TestCase> showing(Collection<TestCase> cases, int place) {
        return cases.stream()
                .filter(testCase -> shows(testCase) && reaches(testCase, place))
                .toList();
    }
}
