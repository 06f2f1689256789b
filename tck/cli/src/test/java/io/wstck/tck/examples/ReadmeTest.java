package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cli.KitProcess;
import io.wstck.tck.cli.Shell;
import io.wstck.tck.machine.FreePort;
import io.wstck.tck.prove.faults.FaultCatalogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every command of README.md is run here, and the page keeps to its limits. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class ReadmeTest {
    private static final Path README = Example.ROOT.resolve("README.md");
    private static final Pattern INLINE = Pattern.compile("`(\\./(?:wstck|wstest) [^`]*)`");
    private static final Pattern FENCED_OR_TABLE = Pattern.compile("(?s)```.*?```|(?m)^(\\||!\\[).*$");
    private static final Pattern KEPT_FAULTS = Pattern.compile("keeps \\d+ faulty clients");
    private static final int MOST_LINES = 120;
    private static final int MOST_CHARACTERS = 120;

    /** How each command is run. A command that is not here fails the test. */
    private final Map<String, CommandCheck> checks = Map.of(
            "./wstck run", this::judgesTheBundledClient,
            "./wstck run --agent 'python3 agent.py'", this::judgesTheAgentOfTheTutorial,
            "./wstck autobahn-run --server ws://127.0.0.1:9001", this::judgesAnEchoServer,
            "./wstest -m fuzzingserver", this::servesAutobahnDrivers,
            "./wstck prove", this::provesAFault,
            "mvn -B verify", this::isRunByTheScriptOfTheChecks);

    @TempDir
    private Path folder;

    /** Runs a command, with fewer cases than it has, and checks what it does. */
    @FunctionalInterface
    private interface CommandCheck {
        void run(String command) throws Exception;
    }

    @TestFactory
    List<DynamicTest> eachCommandDoesWhatThePageSays() throws IOException {
        Set<String> commands = commands();
        assertThat(commands).isEqualTo(new TreeSet<>(checks.keySet()));
        return commands.stream()
                .map(command -> DynamicTest.dynamicTest(
                        command, () -> checks.get(command).run(command)))
                .toList();
    }

    private static Set<String> commands() throws IOException {
        Set<String> commands = new TreeSet<>();
        for (PageBlock block : PageBlock.of(README)) {
            assertThat(block.language()).isEqualTo("sh");
            block.text().lines().forEach(commands::add);
        }
        INLINE.matcher(Files.readString(README)).results().forEach(found -> commands.add(found.group(1)));
        return commands;
    }

    private void judgesTheBundledClient(String command) throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run(arguments(command, "--only", "close.default"))).isZero();
        assertThat(shell.out()).contains("\nconformant\n").contains("target/wstck/report.html");
        assertThat(folder.resolve("target/wstck/report.html")).exists();
        isRunByTheScriptOfTheChecks(command);
    }

    private void judgesTheAgentOfTheTutorial(String command) throws Exception {
        Tutorial.requirePython();
        new Tutorial(folder).writeUnmendedFiles();
        Shell shell = new Shell(folder);
        assertThat(shell.run(arguments(command, "--only", "connect.verifies-response.foreign-accept")))
                .as(shell.out() + shell.err())
                .isEqualTo(1);
        assertThat(shell.out()).contains("\nnot conformant\n");
        assertThat(shell.run(arguments(command, "--only", "close.default-sent")))
                .as(shell.out() + shell.err())
                .isZero();
    }

    private void judgesAnEchoServer(String command) throws IOException {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            String own = command.replace(
                    "ws://127.0.0.1:9001", "ws://" + server.base().getAuthority() + "/echo");
            Shell shell = new Shell(folder);
            assertThat(shell.run(arguments(own, "--cases", "1.1.1")))
                    .as(shell.out() + shell.err())
                    .isZero();
        }
    }

    private void servesAutobahnDrivers(String command) throws Exception {
        Path spec = Files.writeString(
                folder.resolve("spec.json"),
                "{\"url\": \"ws://127.0.0.1:%d\", \"webport\": %d, \"outdir\": \"./reports\", \"cases\": [\"1.1.1\"]}"
                        .formatted(FreePort.find(), FreePort.find()));
        String[] words = arguments(command.replace("./wstest", "./wstck wstest"), "-s", spec.toString());
        Process process = KitProcess.of(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.lines().anyMatch(line -> line.startsWith("Ok, will run 1 test cases")))
                    .isTrue();
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void provesAFault(String command) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(arguments(command, "--only", "close.never-returns")))
                .as(shell.out() + shell.err())
                .isZero();
        assertThat(shell.out()).contains("close.never-returns: caught by ");
    }

    /** {@code .ci/run} runs these commands whole, and one of them runs this test. */
    private void isRunByTheScriptOfTheChecks(String command) throws IOException {
        assertThat(Files.readString(Example.ROOT.resolve(".ci/run"))).contains(" readme_command '" + command + "'\n");
        assertThat(Files.readAllLines(README)).contains(command);
    }

    private static String[] arguments(String command, String... others) {
        List<String> words = new ArrayList<>(PageBlock.words(command));
        words.removeFirst();
        words.addAll(Arrays.asList(others));
        return words.toArray(String[]::new);
    }

    @Test
    void itFitsOnTwoScreens() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThan(MOST_LINES);
        assertThat(FENCED_OR_TABLE
                        .matcher(Files.readString(README))
                        .replaceAll("")
                        .lines())
                .allMatch(line -> line.length() <= MOST_CHARACTERS);
    }

    @Test
    void itsNumberOfKeptFaultsIsTheRealOne() throws IOException {
        Matcher said = KEPT_FAULTS.matcher(Files.readString(README));
        String expected = "keeps " + FaultCatalogue.all().size() + " faulty clients";
        String actual = said.find() ? said.group() : "nothing about it";
        assertThat(actual.equals(expected))
                .withFailMessage("expected README.md to say \"%s\", it says: %s", expected, actual)
                .isTrue();
    }
}
