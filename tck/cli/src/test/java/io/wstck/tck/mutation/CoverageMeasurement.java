package io.wstck.tck.mutation;

import io.wstck.tck.cases.TestCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Measures the coverage of each case. Plays the cases one by one with a probe at each place. */
final class CoverageMeasurement {
    private final Mutants mutants;
    private final MutationCases cases;
    private final MutationCasePlayer played;

    CoverageMeasurement(Mutants mutants, MutationCases cases, MutationCasePlayer played) {
        this.mutants = mutants;
        this.cases = cases;
        this.played = played;
    }

    /** The stored coverage of these classes and cases. Without one, measures it and stores it in the folder. */
    CaseCoverage of(Path folder) throws IOException, InterruptedException {
        String key = cases.key(mutants);
        Path file = folder.resolve("coverage.txt");
        Optional<CaseCoverage> kept = CaseCoverage.read(file, key);
        if (kept.isPresent()) {
            return kept.get();
        }
        CaseCoverage coverage = measure();
        coverage.write(file, key);
        return coverage;
    }

    private CaseCoverage measure() throws InterruptedException {
        CaseCoverage coverage = new CaseCoverage();
        CoverageProbes.prepare(mutants.places());
        mutants.types().forEach(type -> RedefinitionAgent.redefine(type, mutants.probed(type)));
        try {
            // With all cases light and one job, the cases of all weights run one by one.
            List<TestCase> alone = cases.all().stream().map(TestCase::asLight).toList();
            played.all(alone, 1, result -> coverage.add(result, CoverageProbes.take()));
        } finally {
            mutants.types().forEach(type -> RedefinitionAgent.redefine(type, mutants.original(type)));
        }
        return coverage;
    }
}
