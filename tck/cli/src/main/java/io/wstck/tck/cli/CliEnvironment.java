package io.wstck.tck.cli;

import io.wstck.tck.report.ConsoleStyle;
import io.wstck.tck.report.ShellWord;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * The process environment of a command.
 *
 * @param folder the working directory, for relative paths
 * @param program the words of the command that started the kit, for printed command lines
 * @param columns the width of the terminal in characters, or {@link TerminalWidth#DEFAULT} without a terminal
 */
public record CliEnvironment(
        PrintStream out,
        PrintStream err,
        Path folder,
        List<String> program,
        ConsoleStyle.Screen screen,
        ConsoleStyle.Colour colour,
        IntSupplier columns) {
    /** The environment of this process. */
    public static CliEnvironment ofProcess() {
        Map<String, String> environment = System.getenv();
        ConsoleStyle.Screen screen = screen(isConsole(), environment);
        return new CliEnvironment(
                stream(FileDescriptor.out, "stdout.encoding", screen),
                stream(FileDescriptor.err, "stderr.encoding", screen),
                Path.of(""),
                program(System.getProperty("wstck.command"), System.getProperty("java.class.path")),
                screen,
                colour(screen, environment),
                () -> TerminalWidth.columns(screen, environment));
    }

    /** Whether the standard input and output are a terminal. */
    static boolean isConsole() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** A terminal, if both ends of the console are one and {@code TERM} is not {@code dumb}. */
    static ConsoleStyle.Screen screen(boolean console, Map<String, String> environment) {
        return console && !"dumb".equals(environment.getOrDefault("TERM", ""))
                ? ConsoleStyle.Screen.TERMINAL
                : ConsoleStyle.Screen.STREAM;
    }

    /** Colours on a terminal, unless {@code NO_COLOR} has a value (https://no-color.org). */
    static ConsoleStyle.Colour colour(ConsoleStyle.Screen screen, Map<String, String> environment) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return screen == ConsoleStyle.Screen.TERMINAL && !plain ? ConsoleStyle.Colour.ANSI : ConsoleStyle.Colour.PLAIN;
    }

    /**
     * The words that start the kit again.
     *
     * @param launcher the launcher, which sets the system property {@code wstck.command}; null without a launcher
     * @param classPath the jar, if {@code java -jar} started it
     */
    static List<String> program(String launcher, String classPath) {
        if (launcher != null) {
            return List.of(launcher);
        }
        return classPath.endsWith("wstck.jar") && !classPath.contains(System.getProperty("path.separator"))
                ? List.of("java", "-jar", classPath)
                : List.of("./wstck");
    }

    private static PrintStream stream(FileDescriptor descriptor, String property, ConsoleStyle.Screen screen) {
        Charset charset = Charset.forName(System.getProperty(property, StandardCharsets.UTF_8.name()));
        return SubstitutingOutput.stream(new FileOutputStream(descriptor), charset, screen);
    }

    /** The start of a command line for a shell, for example {@code ./wstck}. */
    String command() {
        return program.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    }

    /** {@code path} relative to the working directory, unless it is absolute. */
    Path resolve(Path path) {
        return folder.resolve(path);
    }
}
