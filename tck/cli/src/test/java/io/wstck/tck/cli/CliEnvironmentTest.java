package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wstck.tck.report.ConsoleStyle.Colour;
import io.wstck.tck.report.ConsoleStyle.Screen;
import io.wstck.tck.report.ShellWord;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Colours and Unicode where the terminal has them, plain text otherwise. */
@Timeout(120)
class CliEnvironmentTest {
    private static final String FANCY = "é [█░] … a → b · §5 ✓ ✗";

    @Test
    void coloursNeedATerminalThatIsNotDumbAndNoNoColor() {
        assertThat(colour(true, Map.of("TERM", "xterm"))).isEqualTo(Colour.ANSI);
        assertThat(colour(true, Map.of())).isEqualTo(Colour.ANSI);
        assertThat(colour(true, Map.of("NO_COLOR", ""))).isEqualTo(Colour.ANSI);
        assertThat(colour(true, Map.of("NO_COLOR", "1"))).isEqualTo(Colour.PLAIN);
        assertThat(colour(true, Map.of("TERM", "dumb"))).isEqualTo(Colour.PLAIN);
        assertThat(colour(false, Map.of("TERM", "xterm"))).isEqualTo(Colour.PLAIN);
    }

    private static Colour colour(boolean console, Map<String, String> environment) {
        return CliEnvironment.colour(CliEnvironment.screen(console, environment), environment);
    }

    @Test
    void aTerminalWithoutUnicodeGetsAscii() {
        assertThat(printed(StandardCharsets.US_ASCII, Screen.TERMINAL)).isEqualTo("? [#.] ... a -> b - section 5 + x");
    }

    @Test
    void aTerminalGetsTheCharactersThatItsCharacterSetHas() {
        assertThat(printed(StandardCharsets.UTF_8, Screen.TERMINAL)).isEqualTo(FANCY);
        assertThat(printed(StandardCharsets.ISO_8859_1, Screen.TERMINAL)).isEqualTo("é [#.] ... a -> b · §5 + x");
    }

    @Test
    void aPipeGetsUtf8InPlaceOfAscii() {
        assertThat(new String(bytes(StandardCharsets.US_ASCII, Screen.STREAM, FANCY), StandardCharsets.UTF_8))
                .isEqualTo(FANCY);
    }

    @Test
    void aCharacterThatIsWrittenByteByByteIsReplacedOnce() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = SubstitutingOutput.stream(out, StandardCharsets.US_ASCII, Screen.TERMINAL);
        for (byte octet : "a→b\uD83D\uDE00c".getBytes(StandardCharsets.UTF_8)) {
            stream.write(octet);
            stream.flush();
        }

        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("a->b?c");
    }

    private static String printed(Charset charset, Screen screen) {
        return new String(bytes(charset, screen, FANCY), charset);
    }

    private static byte[] bytes(Charset charset, Screen screen, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = SubstitutingOutput.stream(out, charset, screen);
        stream.print(text);
        stream.flush();
        return out.toByteArray();
    }

    @Test
    void printedCommandsStartTheKitInTheSameWay() {
        assertThat(CliEnvironment.program("/a b/wstck", "kit.jar")).containsExactly("/a b/wstck");
        assertThat(CliEnvironment.program(null, "tools/wstck.jar")).containsExactly("java", "-jar", "tools/wstck.jar");
        assertThat(CliEnvironment.program(null, "a.jar" + File.pathSeparator + "wstck.jar"))
                .containsExactly("./wstck");
    }

    @Test
    void theWidthIsThatOfColumnsOnATerminalAlone() {
        assertThat(TerminalWidth.columns(Screen.TERMINAL, Map.of("COLUMNS", "61")))
                .isEqualTo(61);
        assertThat(TerminalWidth.columns(Screen.STREAM, Map.of("COLUMNS", "61")))
                .isEqualTo(80);
    }

    @Test
    void onARealTerminalOf60ColumnsTheHelpFitsAndHasColours() throws Exception {
        String help = onATerminal("stty cols 60; ", "run", "--help");

        assertThat(help).contains("\u001b[");
        assertThat(help.replaceAll("\u001b\\[[0-9;]*m", "").lines())
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }

    @Test
    void onARealTerminalNoColorAndTheLocaleCMakePlainAscii() throws Exception {
        String sentence = onATerminal("unset LANG; export LC_ALL=C NO_COLOR=1; ", "run", "--jobs", "0");
        String lua = onATerminal("unset LANG; export LC_ALL=C; ", "lua", "-e", "print('a \\226\\134\\146 b')");

        assertThat(sentence).contains("expected an integer from 1 to 1000").doesNotContain("\u001b");
        assertThat(lua).isEqualTo("a -> b\n");
    }

    /** The output of the kit on a terminal that the program {@code script} makes. Skipped without it. */
    private static String onATerminal(String before, String... arguments) throws Exception {
        Path script = Path.of("/usr/bin/script");
        assumeTrue(Files.isExecutable(script), "expected the program script at " + script + ", found none");
        String kit = Stream.of(KitProcess.of(arguments).command())
                .flatMap(List::stream)
                .map(ShellWord::quote)
                .collect(Collectors.joining(" "));
        List<String> words = new ArrayList<>(List.of(script.toString(), "-qec", before + kit, "/dev/null"));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("NO_COLOR");
        builder.environment().remove("COLUMNS");
        builder.environment().put("TERM", "xterm");
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return text.replace("\r\n", "\n");
        } finally {
            process.destroyForcibly();
        }
    }
}
