package io.wstck.tck.cli;

import io.wstck.tck.run.RunSummary;

/** How the program ends. */
public enum ExitStatus {
    /** The implementation is conformant, or the command did what it is for. */
    OK(0),
    /** The implementation is not conformant, or a kept fault survived. */
    NOT_CONFORMANT(1),
    /** The command line asks for something that cannot be done; nothing was run. */
    USAGE(2),
    /** The kit could not judge. */
    NOT_JUDGED(3);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The status that the operating system is told. */
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
