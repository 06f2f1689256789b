package io.wstck.tck.cli;

import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.spec.SpecFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code serve} that make it a drop-in for the Autobahn fuzzing server. */
final class AutobahnOptions {
    private static final Path OUT_DIR = Path.of("reports", "clients");

    @Option(
            names = "--autobahn",
            description = "Be a drop-in for the Autobahn fuzzing server instead: its drivers run against this port.")
    private boolean autobahn;

    @Option(
            names = "--spec",
            paramLabel = "FILE",
            description = "With --autobahn: take cases, exclusions, port and folder of the reports from this"
                    + " fuzzingserver.json.")
    private Optional<Path> spec = Optional.empty();

    @Option(
            names = "--strict",
            description =
                    "With --autobahn: demand more than the original: that a failed connection is closed with the right"
                            + " code, and bad text is noticed at once.")
    private boolean strict;

    @Option(
            names = "--outdir",
            paramLabel = "DIR",
            description = "With --autobahn: write the reports into this folder. Default: the one that the"
                    + " fuzzingserver.json names, or reports/clients.")
    private Optional<Path> outDir = Optional.empty();

    boolean asked() {
        return autobahn;
    }

    /** Without --autobahn the others have no meaning. */
    void requireNone() throws CommandFailure {
        if (spec.isPresent() || strict || outDir.isPresent()) {
            throw CommandFailure.usage("expected --autobahn with --spec, --strict and --outdir, found it missing");
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
