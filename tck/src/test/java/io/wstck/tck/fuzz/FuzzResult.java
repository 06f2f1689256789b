package io.wstck.tck.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What fuzzing one target has given.
 *
 * @param executions how many inputs were played; -1 if Jazzer did not say
 * @param status the exit status of the process
 * @param findings the files of the inputs that were found
 * @param log what the process printed
 */
record FuzzResult(
        NamedTarget target, long seed, long executions, double seconds, int status, List<Path> findings, Path log) {
    /** Returns the files of the inputs, or else what went wrong; empty if nothing was found. */
    Optional<String> finding() {
        if (status == 0 && findings.isEmpty()) {
            return Optional.empty();
        }
        String what = findings.isEmpty()
                ? "Jazzer ended with status " + status
                : findings.stream().map(Path::toString).collect(Collectors.joining(", "));
        return Optional.of(what + " (log: " + log + ")");
    }

    /** Returns the line of the table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%-20s %10d %12d %8.1f  %s",
                target.name(),
                seed,
                executions,
                seconds,
                finding().orElse("none"));
    }
}
