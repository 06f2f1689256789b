package io.wstck.tck.cli;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.known.KnownDeviation;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.known.KnownFile;
import io.wstck.tck.known.KnownFileException;
import io.wstck.tck.report.ShellWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option that names lists of known deviations. */
final class KnownOption {
    @Option(
            names = "--known",
            paramLabel = "FILE",
            description = "A list of known deviations. Repeatable. The command known writes a draft.")
    private List<Path> files = new ArrayList<>();

    /**
     * Reads all lists and joins them. Every pattern must match a case, and no entry may name an agent. Prints a
     * reminder for each list with missing reasons.
     */
    KnownDeviations load(CliEnvironment environment, CaseCatalogue cases) throws CommandFailure {
        KnownDeviations known =
                load(environment, cases.cases().stream().map(TestCase::id).toList());
        try {
            known.requireNoAgents();
        } catch (KnownFileException e) {
            throw CommandFailure.usage("--known: " + e.getMessage());
        }
        return known;
    }

    /**
     * The same for cases of another catalogue.
     *
     * @param ids of all cases, played or not
     */
    KnownDeviations load(CliEnvironment environment, List<String> ids) throws CommandFailure {
        Set<Path> read = new HashSet<>();
        KnownDeviations all = KnownDeviations.NONE;
        try {
            for (Path file : files) {
                if (!read.add(identity(environment.resolve(file)))) {
                    throw CommandFailure.usage("--known: expected each list once, got " + file + " twice");
                }
                KnownDeviations known = KnownFile.read(environment.resolve(file), file.toString());
                known.requireCases(ids);
                printReminder(file, known.unexplained(), environment);
                all = all.plus(known, ids);
            }
            return all;
        } catch (KnownFileException e) {
            throw CommandFailure.usage("--known: " + e.getMessage());
        }
    }

    /** Refuses a list that was drafted from a run of another profile, because other cases fail there. */
    void requireProfile(KnownDeviations known, Profile profile) throws CommandFailure {
        try {
            known.requireProfile(profile);
        } catch (KnownFileException e) {
            throw CommandFailure.usage("--known: " + e.getMessage());
        }
    }

    /** The option for a command line that uses the same lists again, or an empty string. */
    String rerunOptions() {
        return files.stream()
                .map(file -> " --known " + ShellWord.quote(file.toString()))
                .collect(Collectors.joining());
    }

    /**
     * The same path for every way to name a file, also through symbolic links. If the file is missing, the normalized
     * path.
     */
    private static Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static void printReminder(Path file, List<KnownDeviation> missing, CliEnvironment environment) {
        if (!missing.isEmpty()) {
            environment
                    .err()
                    .println("wstck: " + file + ": " + missing.size()
                            + (missing.size() == 1 ? " reason is" : " reasons are") + " missing, the first at "
                            + missing.getFirst().at());
        }
    }
}
