package io.wstck.tck.cli;

import io.wstck.tck.report.Style;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command sees of the process it runs in.
 *
 * @param folder the working directory, which relative paths start from
 * @param command how the user started the kit, for lines that tell how to run something again
 */
public record Surroundings(
        PrintStream out, PrintStream err, Path folder, String command, Style.Screen screen, Style.Colour colour) {
    private static final String DEFAULT_COMMAND = "./wstck";

    /** Those of this process. The launcher names the command in the system property {@code wstck.command}. */
    public static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        Style.Screen screen = terminal(environment) ? Style.Screen.TERMINAL : Style.Screen.STREAM;
        // https://no-color.org: any value but an empty one.
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        Style.Colour colour = screen == Style.Screen.TERMINAL && !plain ? Style.Colour.ANSI : Style.Colour.PLAIN;
        return new Surroundings(
                stream(FileDescriptor.out, "stdout.encoding"),
                stream(FileDescriptor.err, "stderr.encoding"),
                Path.of(""),
                System.getProperty("wstck.command", DEFAULT_COMMAND),
                screen,
                colour);
    }

    private static boolean terminal(Map<String, String> environment) {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && !"dumb".equals(environment.getOrDefault("TERM", ""));
    }

    /** A C locale says ASCII, yet what shows its output, a CI server mostly, reads UTF-8. */
    private static PrintStream stream(FileDescriptor descriptor, String property) {
        Charset charset = Charset.forName(System.getProperty(property, StandardCharsets.UTF_8.name()));
        Charset used = charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        return new PrintStream(new FileOutputStream(descriptor), false, used);
    }

    /** {@code path} below the working directory, unless it is absolute. */
    Path resolve(Path path) {
        return folder.resolve(path);
    }
}
