package io.wstck.tck.cli;

import io.wstck.tck.report.ConsoleStyle;
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
 * The process environment of a command.
 *
 * @param folder the working directory, for relative paths
 * @param command the command that started the kit, for printed command lines
 */
public record CliEnvironment(
        PrintStream out,
        PrintStream err,
        Path folder,
        String command,
        ConsoleStyle.Screen screen,
        ConsoleStyle.Colour colour) {
    private static final String DEFAULT_COMMAND = "./wstck";

    /** The environment of this process. The launcher sets the command as the system property {@code wstck.command}. */
    public static CliEnvironment ofProcess() {
        Map<String, String> environment = System.getenv();
        ConsoleStyle.Screen screen =
                isTerminal(environment) ? ConsoleStyle.Screen.TERMINAL : ConsoleStyle.Screen.STREAM;
        // https://no-color.org: any non-empty value turns colours off.
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        ConsoleStyle.Colour colour =
                screen == ConsoleStyle.Screen.TERMINAL && !plain ? ConsoleStyle.Colour.ANSI : ConsoleStyle.Colour.PLAIN;
        return new CliEnvironment(
                stream(FileDescriptor.out, "stdout.encoding"),
                stream(FileDescriptor.err, "stderr.encoding"),
                Path.of(""),
                System.getProperty("wstck.command", DEFAULT_COMMAND),
                screen,
                colour);
    }

    private static boolean isTerminal(Map<String, String> environment) {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && !"dumb".equals(environment.getOrDefault("TERM", ""));
    }

    /**
     * The stream in its encoding, but in UTF-8 in place of ASCII. The default locale C means ASCII, but terminals and
     * CI servers read UTF-8.
     */
    private static PrintStream stream(FileDescriptor descriptor, String property) {
        Charset charset = Charset.forName(System.getProperty(property, StandardCharsets.UTF_8.name()));
        Charset used = charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        return new PrintStream(new FileOutputStream(descriptor), false, used);
    }

    /** {@code path} relative to the working directory, unless it is absolute. */
    Path resolve(Path path) {
        return folder.resolve(path);
    }
}
