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
            description = "A list of known deviations: a case that fails as listed is KNOWN, one that does not"
                    + " fail though listed fails the run. The command known writes one to start from. May be given"
                    + " several times, for example for a library's list and that of a runtime above it.")
    private List<Path> files = new ArrayList<>();

    /** All lists as one, every pattern of which matches a case; a word on standard error where reasons are still to be written. */
    KnownDeviations load(Surroundings surroundings, CaseCatalogue cases) throws CommandFailure {
        List<String> ids = cases.cases().stream().map(TestCase::id).toList();
        Set<Path> read = new HashSet<>();
        KnownDeviations all = KnownDeviations.NONE;
        try {
            for (Path file : files) {
                if (!read.add(identity(surroundings.resolve(file)))) {
                    throw CommandFailure.usage("--known: expected each list once, got " + file + " twice");
                }
                KnownDeviations known = KnownFile.read(surroundings.resolve(file), file.toString());
                known.requireCases(ids);
                remindOf(file, known.unexplained(), surroundings);
                all = all.and(known, ids);
            }
            return all;
        } catch (KnownFileException e) {
            throw CommandFailure.usage("--known: " + e.getMessage());
        }
    }

    /** Refuses a list that was drafted from a run of another profile, in which other cases fail. */
    void requireProfile(KnownDeviations known, Profile profile) throws CommandFailure {
        try {
            known.requireProfile(profile);
        } catch (KnownFileException e) {
            throw CommandFailure.usage("--known: " + e.getMessage());
        }
    }

    /** The option as it must be repeated to judge by the same lists again; empty if it was not given. */
    String again() {
        return files.stream()
                .map(file -> " --known " + ShellWord.quote(file.toString()))
                .collect(Collectors.joining());
    }

    /** The same for each path to a file, also through symbolic links. Of a file that cannot be found the path alone counts. */
    private static Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static void remindOf(Path file, List<KnownDeviation> unexplained, Surroundings surroundings) {
        if (!unexplained.isEmpty()) {
            surroundings
                    .err()
                    .println("wstck: " + unexplained.size() + " of the reasons in " + file
                            + " are still to be written, the first at "
                            + unexplained.getFirst().at());
        }
    }
}
