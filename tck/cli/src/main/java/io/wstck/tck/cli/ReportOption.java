package io.wstck.tck.cli;

import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.report.ShellWord;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option for the folder of the reports. */
final class ReportOption {
    /** Relative to the working directory. */
    static final Path DEFAULT = Path.of("target", "wstck");

    private static final String RERUN_SUFFIX = "-rerun";

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

    /** The option for a command line that plays again, and keeps the reports of this run. */
    String rerunOptions() {
        return rerunOptions(folder);
    }

    /** The same for a shard: all shards of a run have the same command line, though they have their own folders. */
    static String rerunOptionsOfShard() {
        return rerunOptions(DEFAULT);
    }

    private static String rerunOptions(Path folder) {
        return " --report " + ShellWord.quote(rerunFolder(folder));
    }

    /**
     * The folder of the reports in a rerun command line: another one than that of this run, whose reports have all
     * cases. The rerun may use its own folder again.
     */
    static String rerunFolder(Path folder) {
        String name = folder.toString();
        return name.endsWith(RERUN_SUFFIX) ? name : name + RERUN_SUFFIX;
    }

    ReportFolder folder(CliEnvironment environment) {
        return new ReportFolder(environment.resolve(folder));
    }
}
