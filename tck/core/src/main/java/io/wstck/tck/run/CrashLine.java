package io.wstck.tck.run;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the line in which a program that crashed says why. Stateless. */
final class CrashLine {
    /** The first words of a crash in Go, Rust, Java and C++. They come before the stack. */
    private static final Pattern FIRST =
            Pattern.compile("panic: |fatal error: |thread '.*' .*panicked at|Exception in thread |terminate called ");

    /** An error of Node.js, Python and others: its class and what it says. */
    private static final Pattern ERROR = Pattern.compile("(Uncaught )?[A-Za-z.]*(Error|Exception)( \\[.*])?: ");

    private CrashLine() {}

    /**
     * The line that says why; the last line if none does. Without indentation.
     *
     * @param lines the first and the last lines of the program's standard error
     */
    static Optional<String> of(List<String> lines) {
        return firstThat(lines, FIRST)
                .or(() -> firstThat(lines, ERROR))
                .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
                .map(String::strip);
    }

    private static Optional<String> firstThat(List<String> lines, Pattern start) {
        return lines.stream().filter(line -> start.matcher(line).lookingAt()).findFirst();
    }
}
