package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.report.ConsoleStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each help text fits a screen, in a narrow terminal too, and has colours only where they are asked for. */
class HelpTest {
    private static final int SCREEN_LINES = 40;
    private static final int SCREEN_COLUMNS = 80;
    private static final String ESCAPE = "\u001b";

    private static Stream<List<String>> helps() {
        Stream<List<String>> commands = help(SCREEN_COLUMNS, ConsoleStyle.Colour.PLAIN, "--help")
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> List.of(line.strip().replaceFirst(" .*", ""), "--help"));
        return Stream.concat(Stream.of(List.of("--help")), commands);
    }

    @Test
    void allCommandsHaveALineInTheHelp() {
        assertThat(helps()).hasSize(16);
    }

    @ParameterizedTest
    @MethodSource("helps")
    void aHelpFitsAScreen(List<String> arguments) {
        String help = help(SCREEN_COLUMNS, ConsoleStyle.Colour.PLAIN, arguments.toArray(String[]::new));

        assertThat(help).contains("Usage: wstck").contains("--help").contains("Exit status:");
        assertThat(help.lines()).hasSizeLessThanOrEqualTo(SCREEN_LINES);
        assertThat(widest(help)).isLessThanOrEqualTo(SCREEN_COLUMNS);
    }

    @ParameterizedTest
    @MethodSource("helps")
    void aHelpFitsATerminalOf60Columns(List<String> arguments) {
        assertThat(widest(help(60, ConsoleStyle.Colour.PLAIN, arguments.toArray(String[]::new))))
                .isLessThanOrEqualTo(60);
    }

    @Test
    void aWideTerminalDoesNotMakeLongLines() {
        assertThat(help(200, ConsoleStyle.Colour.PLAIN, "run", "--help"))
                .isEqualTo(help(SCREEN_COLUMNS, ConsoleStyle.Colour.PLAIN, "run", "--help"));
    }

    @Test
    void onlyAHelpInColourHasEscapeSequences() {
        assertThat(help(SCREEN_COLUMNS, ConsoleStyle.Colour.ANSI, "run", "--help"))
                .contains(ESCAPE + "[");
        assertThat(help(SCREEN_COLUMNS, ConsoleStyle.Colour.PLAIN, "run", "--help"))
                .doesNotContain(ESCAPE);
        assertThat(help(SCREEN_COLUMNS, ConsoleStyle.Colour.ANSI)).contains(ESCAPE + "[1m");
        assertThat(help(SCREEN_COLUMNS, ConsoleStyle.Colour.PLAIN)).doesNotContain(ESCAPE);
    }

    private static int widest(String text) {
        return text.lines().mapToInt(String::length).max().orElse(0);
    }

    /** The output of a command line, on both streams. */
    private static String help(int columns, ConsoleStyle.Colour colour, String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        CommandLineTool.run(
                new CliEnvironment(
                        stream,
                        stream,
                        Path.of(""),
                        List.of("./wstck"),
                        ConsoleStyle.Screen.TERMINAL,
                        colour,
                        () -> columns),
                arguments);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
