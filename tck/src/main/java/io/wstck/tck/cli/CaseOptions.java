package io.wstck.tck.cli;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.report.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where the cases come from. */
final class CaseOptions {
    @Option(
            names = "--cases",
            paramLabel = "DIR",
            description = "Take the case files in this folder instead of those that the kit ships.")
    private Optional<Path> folder = Optional.empty();

    CaseCatalogue load(Surroundings surroundings, Catalogue catalogue) throws CommandFailure {
        try {
            if (folder.isEmpty()) {
                return CaseCatalogue.load(catalogue, CaseSource.shipped());
            }
            Path root = surroundings.resolve(folder.get());
            if (!Files.isDirectory(root)) {
                throw CommandFailure.usage("--cases: expected a folder, found none at " + root);
            }
            return CaseCatalogue.load(catalogue, CaseSource.folder(root));
        } catch (CaseFileException e) {
            throw CommandFailure.usage(e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.usage(
                    "--cases: cannot read " + folder.map(Path::toString).orElse("") + ": " + e.getMessage());
        }
    }

    /** The option as it must be repeated to run the same cases again; empty if it was not given. */
    String again() {
        return folder.map(path -> " --cases " + ShellWord.quote(path.toString()))
                .orElse("");
    }
}
