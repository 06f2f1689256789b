package io.wstck.tck.cli;

import io.wstck.tck.report.ReportFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where the reports are. */
final class ReportOption {
    /** Below the working directory. */
    static final Path DEFAULT = Path.of("target", "wstck");

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "target/wstck",
            description = "Folder of the reports, from the working directory. Default: ${DEFAULT-VALUE}.")
    private Path folder = DEFAULT;

    ReportFolder folder(Surroundings surroundings) {
        return new ReportFolder(surroundings.resolve(folder));
    }
}
