package io.wstck.tck.cli;

import io.wstck.tck.report.ReportFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option for the folder of the reports. */
final class ReportOption {
    /** Relative to the working directory. */
    static final Path DEFAULT = Path.of("target", "wstck");

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "target/wstck",
            description = "Folder of the reports. Default: ${DEFAULT-VALUE}.")
    private Path folder = DEFAULT;

    /** Whether it is the folder of a run without this option. */
    boolean isDefault() {
        return folder.equals(DEFAULT);
    }

    ReportFolder folder(CliEnvironment environment) {
        return new ReportFolder(environment.resolve(folder));
    }
}
