package io.wstck.tck.cli;

import java.io.Serial;

/** Ends a command with one sentence on standard error and an exit status. */
final class CommandFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    private CommandFailure(ExitStatus status, String sentence) {
        super(sentence);
        this.status = status;
    }

    static CommandFailure usage(String sentence) {
        return new CommandFailure(ExitStatus.USAGE, sentence);
    }

    static CommandFailure scriptFailed(String sentence) {
        return new CommandFailure(ExitStatus.NOT_CONFORMANT, sentence);
    }

    static CommandFailure notJudged(String sentence) {
        return new CommandFailure(ExitStatus.NOT_JUDGED, sentence);
    }

    ExitStatus status() {
        return status;
    }
}
