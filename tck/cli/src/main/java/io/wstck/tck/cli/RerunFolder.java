package io.wstck.tck.cli;

import java.nio.file.Path;

/** Names the folder of the reports in a rerun command line. Stateless. */
final class RerunFolder {
    private static final String SUFFIX = "-rerun";

    private RerunFolder() {}

    /** Another folder than that of this run, whose reports have all cases. The rerun may use its own folder again. */
    static String of(Path folder) {
        String name = folder.toString();
        return name.endsWith(SUFFIX) ? name : name + SUFFIX;
    }
}
