package io.wstck.tck.cli;

import io.wstck.tck.run.RunSummary;

/** The exit status of the program. */
public enum ExitStatus {
    /** The implementation is conformant, or the command succeeded. */
    OK(0),
    /** The implementation is not conformant, a fault survived, or a script failed. */
    NOT_CONFORMANT(1),
    /** The command line is wrong. Nothing was run. */
    USAGE(2),
    /** The kit could not judge. */
    NOT_JUDGED(3),
    /** The user has interrupted the command, which has no result to report. */
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The status for the operating system. */
    public int code() {
        return code;
    }

    static ExitStatus of(RunSummary.Conclusion conclusion) {
        return switch (conclusion) {
            case CONFORMANT, KNOWN_DEVIATIONS, NOTHING_BINDING -> OK;
            case NOT_CONFORMANT, LIST_OUTDATED -> NOT_CONFORMANT;
            case NOT_JUDGED, INTERRUPTED -> NOT_JUDGED;
        };
    }
}
