package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Each option of each command that takes a number refuses one out of its range in one sentence. */
class NumberOptionsTest {
    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, Integer.class, long.class, Long.class, Duration.class);

    @TempDir
    private Path folder;

    static List<Arguments> numberOptions() {
        List<Arguments> found = new ArrayList<>();
        CommandLineTool.commands(new Shell(Path.of("")).environment()).forEach((name, command) -> {
            Object made = command.get();
            CommandLine line = made instanceof CommandLine one ? one : new CommandLine(made);
            line.getCommandSpec().options().stream()
                    .filter(NumberOptionsTest::takesNumber)
                    .forEach(option -> found.add(arguments(name, option.longestName())));
        });
        return found;
    }

    private static boolean takesNumber(OptionSpec option) {
        return NUMBERS.contains(option.type())
                || List.of(option.auxiliaryTypes()).stream().anyMatch(NUMBERS::contains);
    }

    @Test
    void theOptionsAreFound() {
        assertThat(numberOptions().stream()
                        .map(one -> String.join(" ", List.of(one.get()).toArray(String[]::new))))
                .contains(
                        "run --jobs",
                        "run --repeat",
                        "run --seed",
                        "run --agent-listen",
                        "serve --port",
                        "serve --tls-port",
                        "autobahn-run --port",
                        "autobahn-run --time-limit",
                        "wstest --webport");
    }

    @ParameterizedTest
    @MethodSource("numberOptions")
    void aNumberOutOfRangeIsOneSentenceWithTheRange(String command, String option) {
        for (String word : List.of("99999999999999999999", "-99999999999999999999", "1.5", "many")) {
            Shell shell = new Shell(folder);

            assertThat(shell.run(command, option + "=" + word)).isEqualTo(2);

            assertThat(shell.err())
                    .startsWith("wstck: ")
                    .contains(option)
                    .containsPattern("expected an integer from -?[0-9]+ to [0-9]+, got \"" + word + "\"")
                    .hasLineCount(1);
            assertThat(shell.out()).isEmpty();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "serve --port, 0, 65535",
        "serve --tls-port, 0, 65535",
        "serve --autobahn --port, 0, 65535",
        "run --agent-listen, 0, 65535",
        "smoke --agent-listen, 0, 65535",
        "autobahn-run --port, 0, 65535",
        "wstest -m fuzzingserver --webport, 0, 65535",
        "autobahn-run --time-limit, 1, 9999999",
    })
    void theNumbersBesideTheRangeAreRefused(String command, long lowest, long highest) {
        for (long number : List.of(lowest - 1, highest + 1)) {
            Shell shell = new Shell(folder);

            assertThat(shell.run((command + "=" + number).split(" "))).isEqualTo(2);

            assertThat(shell.err())
                    .contains("expected an integer from " + lowest + " to " + highest + ", got \"" + number + "\"")
                    .hasLineCount(1);
        }
    }
}
