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
 * What fuzzing one target has given.
 *
 * @param executions how many inputs were played; -1 if Jazzer did not say
 * @param status the exit status of the process
 * @param findings the files of the inputs that were found
 * @param log what the process printed
 */
record FuzzResult(
        NamedTarget target, long seed, long executions, double seconds, int status, List<Path> findings, Path log) {
    /** Inputs up to this many bytes are printed: the machine on which they were found may not be kept. */
    private static final int PRINTED_BYTES = 4096;

    /** Returns the files of the inputs with their bytes, or else what went wrong; empty if nothing was found. */
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
