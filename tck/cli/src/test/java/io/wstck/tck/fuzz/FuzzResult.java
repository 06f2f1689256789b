package io.wstck.tck.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of fuzzing one target.
 *
 * @param executions the number of inputs; -1 if Jazzer did not print it
 * @param status the exit status of the process
 * @param findings the files of the inputs with a finding
 * @param log the output of the process
 */
record FuzzResult(
        NamedTarget target, long seed, long executions, double seconds, int status, List<Path> findings, Path log) {
    /** The largest input that is printed, in bytes. The machine with the files may not be kept. */
    private static final int PRINTED_BYTES = 4096;

    /** Returns the inputs with a finding and their bytes, or the error of the process. Empty if nothing was found. */
    Optional<String> finding() {
        if (status == 0 && findings.isEmpty()) {
            return Optional.empty();
        }
        String what = findings.isEmpty()
                ? "Jazzer ended with status " + status
                : findings.stream().map(FuzzResult::shown).collect(Collectors.joining(", "));
        return Optional.of(what + " (log: " + log + ")");
    }

    private static String shown(Path finding) {
        try {
            byte[] input = Files.readAllBytes(finding);
            return input.length > PRINTED_BYTES
                    ? finding + " of " + input.length + " bytes"
                    : finding + " with base64 " + Base64.getEncoder().encodeToString(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
