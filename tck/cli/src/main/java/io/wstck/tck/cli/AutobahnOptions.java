package io.wstck.tck.cli;

import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.spec.SpecFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code serve} for a drop-in of the Autobahn fuzzing server. */
final class AutobahnOptions {
    private static final Path OUT_DIR = Path.of("reports", "clients");

    @Option(
            names = "--autobahn",
            description = "Serve the Autobahn cases instead, as a drop-in for the Autobahn fuzzing server.")
    private boolean autobahn;

    @Option(
            names = "--spec",
            paramLabel = "FILE",
            description = "With --autobahn: read cases, exclusions, port and report folder from this"
                    + " fuzzingserver.json.")
    private Optional<Path> spec = Optional.empty();

    @Option(
            names = "--strict",
            description =
                    "With --autobahn: require more than the original, for example the right close code after a failure.")
    private boolean strict;

    @Option(
            names = "--outdir",
            paramLabel = "DIR",
            description = "With --autobahn: write the reports into this folder. Default: the folder in the"
                    + " fuzzingserver.json, or reports/clients.")
    private Optional<Path> outDir = Optional.empty();

    boolean enabled() {
        return autobahn;
    }

    /** Refuses the other options if {@code --autobahn} is missing. */
    void requireUnset() throws CommandFailure {
        if (spec.isPresent() || strict || outDir.isPresent()) {
            throw CommandFailure.usage("expected --autobahn with --spec, --strict and --outdir, found no --autobahn");
        }
    }

    Optional<Path> spec() {
        return spec;
    }

    Strictness strictness() {
        return strict ? Strictness.STRICT : Strictness.ORIGINAL;
    }

    Path outDir(SpecFile file) {
        return outDir.or(file::outDir).orElse(OUT_DIR);
    }
}
