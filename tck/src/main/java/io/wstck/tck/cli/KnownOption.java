package io.wstck.tck.cli;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.known.KnownDeviation;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.known.KnownFile;
import io.wstck.tck.known.KnownFileException;
import io.wstck.tck.report.ShellWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names the list of known deviations. */
final class KnownOption {
    @Option(
            names = "--known",
            paramLabel = "FILE",
            description = "The list of known deviations: a case that fails as listed is KNOWN, one that does not"
                    + " fail though listed fails the run. The command known writes one to start from.")
    private Optional<Path> file = Optional.empty();

    /** The list, every pattern of which matches a case; a word on standard error where it has reasons that nobody has written. */
    KnownDeviations load(Surroundings surroundings, CaseCatalogue cases) throws CommandFailure {
        if (file.isEmpty()) {
            return KnownDeviations.NONE;
        }
        try {
            KnownDeviations known =
                    KnownFile.read(surroundings.resolve(file.get()), file.get().toString());
            known.requireCases(cases.cases().stream().map(TestCase::id).toList());
            remindOf(known.unexplained(), surroundings);
            return known;
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

    /** The option as it must be repeated to judge by the same list again; empty if it was not given. */
    String again() {
        return file.map(path -> " --known " + ShellWord.quote(path.toString())).orElse("");
    }

    private void remindOf(List<KnownDeviation> unexplained, Surroundings surroundings) {
        if (!unexplained.isEmpty()) {
            surroundings
                    .err()
                    .println("wstck: " + unexplained.size() + " of the reasons in " + file.orElseThrow()
                            + " are still to be written, the first at "
                            + unexplained.getFirst().at());
        }
    }
}
