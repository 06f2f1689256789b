package io.wstck.tck.cli;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.report.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option for the folder of the case files. */
final class CaseOptions {
    @Option(names = "--cases", paramLabel = "DIR", description = "Use this folder's cases, not the shipped ones.")
    private Optional<Path> folder = Optional.empty();

    CaseCatalogue load(CliEnvironment environment, ClauseCatalogue catalogue) throws CommandFailure {
        try {
            if (folder.isEmpty()) {
                return CaseCatalogue.load(catalogue, CaseSource.shipped());
            }
            Path root = environment.resolve(folder.get());
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

    /** The option for a command line that uses the same cases again, or an empty string. */
    String rerunOptions() {
        return folder.map(path -> " --cases " + ShellWord.quote(path.toString()))
                .orElse("");
    }
}
