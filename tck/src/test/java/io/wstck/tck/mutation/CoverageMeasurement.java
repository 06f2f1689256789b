package io.wstck.tck.mutation;

import io.wstck.tck.cases.TestCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds what each case reaches, by playing one after the other with a probe at each place. */
final class CoverageMeasurement {
    private final Mutants mutants;
    private final Cases cases;
    private final PlayedCases played;

    CoverageMeasurement(Mutants mutants, Cases cases, PlayedCases played) {
        this.mutants = mutants;
        this.cases = cases;
        this.played = played;
    }

    /** The coverage that the folder has of these classes and cases, or else a new one, which is then kept there. */
    Coverage of(Path folder) throws IOException, InterruptedException {
        String key = cases.key(mutants);
        Path file = folder.resolve("coverage.txt");
        Optional<Coverage> kept = Coverage.read(file, key);
        if (kept.isPresent()) {
            return kept.get();
        }
        Coverage coverage = measure();
        coverage.write(file, key);
        return coverage;
    }

    private Coverage measure() throws InterruptedException {
        Coverage coverage = new Coverage();
        Probes.prepare(mutants.places());
        mutants.types().forEach(type -> RedefinitionAgent.redefine(type, mutants.probed(type)));
        try {
            // Cases of all weights run one after the other when all are light and there is one job.
            List<TestCase> alone = cases.all().stream().map(TestCase::light).toList();
            played.all(alone, 1, result -> coverage.add(result, Probes.take()));
        } finally {
            mutants.types().forEach(type -> RedefinitionAgent.redefine(type, mutants.original(type)));
        }
        return coverage;
    }
}
