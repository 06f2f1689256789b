package io.wstck.tck.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An example: its source, and the output that a comment at its end promises.
 *
 * @param name the name of its file
 * @param source without changes
 * @param output the expected lines, each with a line break
 */
record Example(String name, String source, String output) {
    /** The folder of the project. */
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final String AUTHORITY = "127.0.0.1:8080";
    private static final Pattern OUTPUT = Pattern.compile("(?:\\A|\\n)(--|//) Output:\\n((?:\\1.*\\n)+)\\Z");
    private static final Pattern COMMAND = Pattern.compile("(?:--|//) Run: (.*)");

    /** The example in some source text. Without a comment about its output, it must print nothing. */
    static Example of(String name, String source) {
        Matcher comment = OUTPUT.matcher(source);
        String output = comment.find()
                ? comment.group(2)
                        .lines()
                        .map(line -> line.substring(Math.min(line.length(), 3)) + "\n")
                        .collect(Collectors.joining())
                : "";
        return new Example(name, source, output);
    }

    /** All examples in a folder below {@code examples}, in the order of their names. */
    static List<Example> in(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("examples").resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .map(Example::read)
                    .toList();
        }
    }

    private static Example read(Path file) {
        try {
            return of(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The command that the head of the example prints, as words. */
    List<String> command() {
        return COMMAND.matcher(source)
                .results()
                .findFirst()
                .map(found -> List.of(found.group(1).split(" ")))
                .orElseThrow(() -> new AssertionError(name + ": expected a line that begins with Run:"));
    }

    /** The command and its output, as a page shows them. */
    String consoleBlock() {
        return "```console\n$ " + String.join(" ", command()) + "\n" + output + "```\n";
    }

    /** Text of the example with the address of a server in place of the one that {@code ./wstck serve} has. */
    static String at(URI server, String text) {
        return text.replace(AUTHORITY, server.getAuthority());
    }

    /** As {@link #at(URI, String)}, for the TLS port too. */
    static String at(URI server, Optional<URI> tls, String text) {
        return tls.map(uri -> at(server, text).replace("localhost:8443", "localhost:" + uri.getPort()))
                .orElseGet(() -> at(server, text));
    }
}
