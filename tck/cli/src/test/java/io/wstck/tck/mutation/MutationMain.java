package io.wstck.tck.mutation;

import io.wstck.tck.cases.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/mutation} (docs/mutation.md). */
@Command(
        name = "mutation",
        mixinStandardHelpOptions = true,
        description = {
            "Changes single instructions of the bundled client, plays the cases against each changed client, and says which changes no case sees.",
            "Exit status: 0 each mutant was caught, 1 a mutant survived or is reached by no case, 2 the arguments are wrong,"
                    + " 3 a mutant was not decided."
        })
public final class MutationMain implements Callable<Integer> {
    private static final int CAUGHT = 0;
    private static final int NOT_CAUGHT = 1;
    private static final int NOT_DECIDED = 3;

    /** The folder of the stored coverage. */
    private static final Path FOLDER = Path.of("tck", "cli", "target", "mutation");

    @Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the sample. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "How many mutants are played. Default: ${DEFAULT-VALUE}.")
    private int sample = 200;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description =
                    "Plays all mutants of this name, where * stands for anything, instead of a sample. May be repeated.")
    private List<String> only = List.of();

    @Option(
            names = "--quick",
            description = "Leaves out heavy cases, and all but two of the cases of a clause that reach the same code:"
                    + " some mutants that survive are caught without this option.")
    private boolean quick;

    @Option(names = "--list", description = "Prints the names of the chosen mutants and plays nothing.")
    private boolean list;

    @Option(
            names = "--cases",
            paramLabel = "DIR",
            description = "Takes the case files in this folder instead of those that the kit ships.")
    private Optional<Path> cases = Optional.empty();

    private MutationMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MutationMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Mutants mutants = new Mutants(ClientClasses.load());
        List<Integer> chosen = choose(mutants.all());
        if (list) {
            chosen.forEach(
                    position -> System.out.println(mutants.all().get(position).name()));
            tell(mutants.all());
            return CAUGHT;
        }
        System.out.printf(
                "%d of %d mutants%s%n", chosen.size(), mutants.all().size(), only.isEmpty() ? ", seed " + seed : "");
        MutationReport report = new MutationReport(System.out, chosen.size());
        try (WorkerProcess worker =
                new WorkerProcess(FOLDER, quick ? MutationEffort.QUICK : MutationEffort.WHOLE, cases)) {
            for (int position : chosen) {
                report.add(mutants.all().get(position), worker.play(position));
            }
        }
        report.end();
        if (report.has(MutantOutcome.Kind.UNDECIDED)) {
            return NOT_DECIDED;
        }
        return report.has(MutantOutcome.Kind.SURVIVED) || report.has(MutantOutcome.Kind.UNREACHED)
                ? NOT_CAUGHT
                : CAUGHT;
    }

    /** The positions of the mutants to play. */
    private List<Integer> choose(List<Mutant> all) {
        if (cases.isPresent() && !Files.isDirectory(cases.get())) {
            throw usage("--cases: expected a folder, found none at " + cases.get());
        }
        List<Integer> positions = IntStream.range(0, all.size()).boxed().toList();
        if (!only.isEmpty()) {
            return named(all, positions);
        }
        if (sample < 1) {
            throw usage("--sample: expected at least 1, got " + sample);
        }
        List<Integer> shuffled = new ArrayList<>(positions);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled.subList(0, Math.min(sample, shuffled.size()));
    }

    /** In the order of the patterns. */
    private List<Integer> named(List<Mutant> all, List<Integer> positions) {
        Set<Integer> named = new LinkedHashSet<>();
        for (String word : only) {
            Pattern pattern = Selection.glob(word);
            if (!named.addAll(positions.stream()
                    .filter(position ->
                            pattern.matcher(all.get(position).name()).matches())
                    .toList())) {
                throw usage("--only: expected a pattern that matches the name of another mutant, got \"" + word
                        + "\"; see --list");
            }
        }
        return List.copyOf(named);
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private static void tell(List<Mutant> all) {
        Map<String, Long> byPackage =
                all.stream().collect(Collectors.groupingBy(Mutant::packageName, TreeMap::new, Collectors.counting()));
        System.out.println();
        byPackage.forEach((name, count) -> System.out.printf("%-40s %6d mutants in all%n", name, count));
    }
}
