package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.machine.DockerEngine;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * {@code run --image} with the agent for the JDK's client in a container. The image is built from files of this
 * machine. Without Docker the test is skipped, or fails if {@code WSTCK_REQUIRE} names it.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
@Order(1)
class ContainerRunTest {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String IMAGE = "wstck-test-" + ProcessHandle.current().pid();
    private static final String BROKEN = IMAGE + "-broken";
    private static final String CLIENT = "JavaNetHttpClient";
    private static final long PATIENCE_SECONDS = 60;

    /**
     * Cases with every kind of server and of client use. It leaves out long cases and cases that fail the connection,
     * because the JDK's client has a race there.
     */
    private static final List<String> CASES = List.of(
            "--only=close.*",
            "--skip=close.unanswered*",
            "--skip=close.tls-notify*",
            "--only=connect.target.*",
            "--only=connect.failed.*",
            "--only=connect.schemes*",
            "--only=connect.tls-verifies.*",
            "--only=dial-timeout.unreachable",
            "--only=send.text*",
            "--only=ping.*",
            "--only=receive.*",
            "--only=rfc6455.utf8.valid");

    /** Cases whose server listens on loopback, which a container does not share. */
    private static final Set<String> NEED_LOOPBACK =
            Set.of("connect.target.default-port", "connect.target.default-port-given", "connect.target.empty-port");

    @TempDir
    private static Path classes;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeAll
    static void buildTheImage() throws Exception {
        DockerEngine.require();
        String kit = System.getProperty("java.class.path");
        printed(HOME.resolve("adapters/image").toString(), IMAGE, kit);
        printed(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-d",
                classes.toString(),
                "-cp",
                kit,
                HOME.resolve("adapters/java-net-http/src/test/java/" + CLIENT + ".java")
                        .toString());
        Files.writeString(classes.resolve("Containerfile"), "FROM " + IMAGE + "\nCMD [\"java.lang.String\"]\n");
        printed("docker", "build", "-q", "-t", BROKEN, "-f", classes + "/Containerfile", classes.toString());
    }

    @AfterAll
    static void removeTheImages() throws Exception {
        if (process("docker", "image", "inspect", IMAGE).start().waitFor() == 0) {
            printed("docker", "image", "rm", "-f", BROKEN, IMAGE);
        }
    }

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        assertThat(containersOf(ProcessHandle.current().pid())).isEmpty();
    }

    @Test
    void theVerdictsOnAClientInAContainerAreThoseOnTheSameClientInAProcess() throws Exception {
        Map<String, String> inContainer = verdicts("--image", IMAGE);
        Map<String, String> inProcess = verdicts(
                "--agent",
                AgentMainTest.command(CLIENT)
                        .replace(
                                System.getProperty("java.class.path"),
                                classes + ":" + System.getProperty("java.class.path")));

        assertThat(inContainer.keySet()).isEqualTo(inProcess.keySet());
        assertThat(inContainer)
                .as("verdicts that differ")
                .allSatisfy((id, verdict) -> assertThat(verdict)
                        .as(id)
                        .isEqualTo(NEED_LOOPBACK.contains(id) ? Verdict.SKIPPED.name() : inProcess.get(id)));
        assertThat(inContainer)
                .containsEntry("connect.failed.refused-port", Verdict.PASSED.name())
                .containsEntry("connect.tls-verifies.wrong-host", Verdict.PASSED.name());
        assertThat(inContainer.values())
                .filteredOn(Verdict.PASSED.name()::equals)
                .hasSizeGreaterThan(100);
        assertThat(inContainer.values()).doesNotContain(Verdict.INCONCLUSIVE.name());
    }

    @Test
    void anImageThatThisMachineDoesNotHaveIsRefusedAtOnce() {
        long begun = System.nanoTime();

        assertThat(shell.run("run", "--image", "wstck-no-such-image")).isEqualTo(2);
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        assertThat(shell.err())
                .isEqualTo("wstck: --image: expected the name of an image on this machine, because the kit pulls"
                        + " none, got wstck-no-such-image\n");
    }

    @Test
    void anImageCannotBeUsedTogetherWithACommand() {
        assertThat(shell.run("run", "--image", IMAGE, "--agent", "true")).isEqualTo(2);
        assertThat(shell.err()).contains("--image: cannot be used together with --agent or --agent-listen");
    }

    @Test
    void anAgentThatEndsAtOnceIsQuoted() {
        assertThat(shell.run("run", "--only=close.default", "--image", BROKEN)).isEqualTo(3);
        assertThat(shell.err())
                .contains(
                        "expected the agent in " + BROKEN + " to connect to the address in WSTCK_CONTROL",
                        "agent: expected java.lang.String to be a");
    }

    @Test
    void theSmokeTestReachesAContainerToo() {
        assertThat(shell.run("smoke", "--image", IMAGE)).as(shell.out()).isZero();
    }

    @Test
    void theContainerEndsWhenTheKitIsTerminated() throws Exception {
        Process kit = kit();
        try {
            awaitContainerOf(kit);
            kit.destroy();
            assertThat(kit.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(containersOf(kit.pid())).isEmpty();
        } finally {
            kit.destroyForcibly();
        }
    }

    @Test
    void containersOfAKilledKitAreRemovedByTheNextOne() throws Exception {
        Process kit = kit();
        try {
            awaitContainerOf(kit);
        } finally {
            kit.destroyForcibly().waitFor();
        }

        assertThat(shell.run("run", "--image", "wstck-no-such-image")).isEqualTo(2);
        assertThat(containersOf(kit.pid())).isEmpty();
    }

    private Map<String, String> verdicts(String... agent) throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "--seed=1"));
        words.addAll(CASES);
        words.addAll(Arrays.asList(agent));
        assertThat(shell.run(words.toArray(String[]::new))).as(shell.err()).isLessThan(2);
        return EventsReader.read(folder.resolve("target/wstck/events.ndjson")).cases().stream()
                .collect(Collectors.toMap(
                        CaseFinished::id, result -> result.verdict().name()));
    }

    /** The kit as a process that judges the image. */
    private Process kit() throws IOException {
        return KitProcess.of("run", "--image", IMAGE, "--only=close.default", "--repeat=10000")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void awaitContainerOf(Process kit) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (containersOf(kit.pid()).isEmpty()) {
            assertThat(System.nanoTime()).as("a container comes up").isLessThan(end);
            assertThat(kit.waitFor(100, TimeUnit.MILLISECONDS))
                    .as("the kit has ended")
                    .isFalse();
        }
    }

    private static List<String> containersOf(long pid) throws Exception {
        return printed(
                        "docker",
                        "ps",
                        "-a",
                        "--filter",
                        "label=io.wstck.owner",
                        "--format",
                        "{{.Label \"io.wstck.owner\"}} {{.ID}}")
                .lines()
                .filter(line -> line.startsWith(pid + "@"))
                .toList();
    }

    private static ProcessBuilder process(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The classic builder needs no helper image.
        builder.environment().put("DOCKER_BUILDKIT", "0");
        return builder;
    }

    private static String printed(String... command) throws IOException, InterruptedException {
        Process process = process(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }
}
