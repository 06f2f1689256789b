package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.autobahn.spec.DefaultSpec;
import io.wstck.tck.implementation.container.DockerHost;
import io.wstck.tck.machine.DockerEngine;
import io.wstck.tck.machine.Executables;
import io.wstck.tck.machine.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Test scripts of projects for the Autobahn Testsuite, with real drivers. Each runs against the image and against
 * {@code wstest}. Without Docker the test is skipped, or fails if {@code WSTCK_REQUIRE} names it.
 */
@Timeout(900)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
@Order(1)
class AutobahnSetupsTest {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String IMAGE =
            "wstck-test-wstest-" + ProcessHandle.current().pid();
    private static final String DRIVER = IMAGE + "-driver";

    /** The discard port, where no server listens. */
    private static final String NOWHERE = "ws://127.0.0.1:9";

    /** Libraries of tests and of containers, which the image does not need. */
    private static final Pattern UNUSED = Pattern.compile(
            "/test-classes$|/(org/seleniumhq|org/junit|org/assertj|org/testcontainers|org/apache/commons|com/github/docker-java|"
                    + "net/java/dev/jna|com/deque|io/opentelemetry|net/bytebuddy|com/google|com/tngtech)/");

    /** Guards against a hang alone. */
    private static final long LIMIT_SECONDS = 600;

    private static final AtomicInteger TESTS = new AtomicInteger();

    /**
     * The container and the network of this test. Each test has names of its own, because the engine may still remove
     * a stopped container when the next test begins.
     */
    private final String container = IMAGE + "-" + TESTS.incrementAndGet();

    @TempDir
    private Path folder;

    /** The server that a script runs against. */
    enum TargetServer {
        IMAGE,
        WSTEST
    }

    @BeforeAll
    static void buildTheImage() throws Exception {
        DockerEngine.require();
        DockerEngine.require("jq", "--version");
        String kit = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !UNUSED.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
        succeed(new ProcessBuilder(HOME.resolve("tck/image/build").toString(), IMAGE, kit));
    }

    @AfterAll
    static void removeTheImages() throws Exception {
        for (String image : List.of(IMAGE, DRIVER)) {
            Process process = new ProcessBuilder("docker", "image", "rm", "-f", image)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A failed script does not remove its container. */
    @AfterEach
    void removeTheContainer() throws Exception {
        for (String[] command :
                new String[][] {{"docker", "rm", "-f", container}, {"docker", "network", "rm", container}}) {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    @Test
    void aScriptInTheForegroundThatWaitsForALineOfTheLog() throws Exception {
        install("python-websockets", "autobahn.py");

        run("foreground.sh");
    }

    @Test
    void anEntryPointThatIsReplacedAndADriverThatAsksForEachStatus() throws Exception {
        requireTool("npm");
        install("node-ws", "autobahn.js");

        run("entrypoint.sh");
    }

    @Test
    void aNetworkOfTwoServicesAndAServerWithoutRights() throws Exception {
        requireTool("go");
        buildTheDriver();

        run("network.sh");
    }

    @Test
    void aComposeFileWithTheDriverAsASecondService() throws Exception {
        requireTool("go");
        requireCompose();
        buildTheDriver();

        try (RunningProgram script = start("compose.sh", TargetServer.IMAGE)) {
            script.requireSuccess();
        }
    }

    /** {@link ServerSetupsTest} runs the same scripts with {@code wstest}. */
    @Test
    void theImageJudgesAServerOnTheNetworkOfTheHost() throws Exception {
        judgeServers("server-one.sh", ServerConfig.loopback());
    }

    @Test
    void theImageJudgesSeveralServersOfTheHostFromTheNetworkOfTheContainers() throws Exception {
        judgeServers("server-several.sh", DockerHost.find().server());
    }

    private void judgeServers(String script, ServerConfig config) throws Exception {
        try (ReferenceServer server = ReferenceServer.start(config);
                RunningProgram running = start(script, TargetServer.IMAGE, server.port())) {
            running.requireSuccess();
        }
    }

    @Test
    void theCommandIsAlsoAtItsPathInTheImageOfTheOriginal() throws Exception {
        succeed(new ProcessBuilder("docker", "run", "--rm", IMAGE, "/opt/pypy/bin/wstest", "--autobahnversion"));
    }

    @Test
    void theDefaultSpecsOfTheImageAreThoseThatAreWritten() {
        assertThat(HOME.resolve("tck/image/files/config/fuzzingserver.json")).hasContent(DefaultSpec.SERVER);
        assertThat(HOME.resolve("tck/image/files/config/fuzzingclient.json")).hasContent(DefaultSpec.CLIENT);
    }

    @Test
    void aFolderForReportsThatIsReadOnlyIsOneSentence() throws Exception {
        Process process = new ProcessBuilder("docker", "run", "--rm", "-v", folder + ":/reports:ro", IMAGE)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(printed)
                .endsWith("wstck: outdir: expected a folder, or room for one, at ./reports/clients, found neither\n");
    }

    /** Installs the packages of a driver by starting it once without a server. Concurrent first starts would fail. */
    private static void install(String adapter, String driver) throws IOException, InterruptedException {
        try (RunningProgram running = RunningProgram.of(new ProcessBuilder(
                HOME.resolve("adapters").resolve(adapter).resolve("run").toString(), driver, NOWHERE))) {
            assertThat(running.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private static void requireTool(String name) {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        Assumptions.assumeTrue(there, "there is no " + name + " on the PATH");
    }

    /** Compose is a plugin of Docker's command line, or an older program of its own. */
    private static void requireCompose() throws Exception {
        boolean there = succeeds("docker", "compose", "version") || succeeds("docker-compose", "version");
        Assumptions.assumeTrue(there, "there is neither `docker compose` nor docker-compose");
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Builds an image with the driver of coder/websocket. */
    private void buildTheDriver() throws Exception {
        Path context = Files.createDirectory(folder.resolve("driver"));
        ProcessBuilder compiler = new ProcessBuilder(
                        "go", "build", "-o", context.resolve("driver").toString(), "./autobahn")
                .directory(HOME.resolve("adapters/go-coder-websocket").toFile());
        compiler.environment().put("CGO_ENABLED", "0");
        succeed(compiler);
        Files.writeString(
                context.resolve("Containerfile"), "FROM scratch\nCOPY driver /driver\nENTRYPOINT [\"/driver\"]\n");
        ProcessBuilder builder = new ProcessBuilder(
                "docker", "build", "-q", "-t", DRIVER, "-f", context + "/Containerfile", context.toString());
        // The classic builder needs no helper image.
        builder.environment().put("DOCKER_BUILDKIT", "0");
        succeed(builder);
    }

    /** Runs the script against both servers at the same time, because some cases mostly pause. */
    private void run(String script) throws Exception {
        List<RunningProgram> running = new ArrayList<>();
        try {
            for (TargetServer server : TargetServer.values()) {
                running.add(start(script, server));
            }
            for (RunningProgram one : running) {
                one.requireSuccess();
            }
        } finally {
            running.forEach(RunningProgram::close);
        }
    }

    private RunningProgram start(String script, TargetServer server) throws IOException {
        return start(script, server, FreePort.find());
    }

    private RunningProgram start(String script, TargetServer server, int port) throws IOException {
        Path own = Files.createDirectory(folder.resolve(server.name()));
        Path bin = Files.createDirectory(own.resolve("bin"));
        Executables.script(bin.resolve("wstest"), "exec " + kit() + " \"$@\"");
        Path copy = own.resolve(script);
        try (InputStream in = AutobahnSetupsTest.class.getResourceAsStream("setups/" + script)) {
            Files.copy(in, copy);
        }
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", copy.toString()).directory(own.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        bin + File.pathSeparator + System.getenv("PATH"),
                        "ADAPTERS",
                        HOME.resolve("adapters").toString(),
                        "NAME",
                        container,
                        "DRIVER",
                        DRIVER,
                        "PORT",
                        String.valueOf(port),
                        "DOWN",
                        String.valueOf(FreePort.find()),
                        "WEBPORT",
                        String.valueOf(FreePort.find())));
        if (server == TargetServer.IMAGE) {
            builder.environment().put("IMAGE", IMAGE);
        }
        return RunningProgram.of(builder);
    }

    private static String kit() {
        return KitProcess.of("wstest").command().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
    }

    private static void succeed(ProcessBuilder builder) throws IOException, InterruptedException {
        try (RunningProgram running = RunningProgram.of(builder)) {
            running.requireSuccess();
        }
    }

    /** A running program and its output file. */
    private record RunningProgram(List<String> command, Process process, Path log) implements AutoCloseable {
        static RunningProgram of(ProcessBuilder builder) throws IOException {
            Path log = Files.createTempFile("wstck-setup", ".log");
            return new RunningProgram(
                    builder.command(),
                    builder.redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        }

        void requireSuccess() throws IOException, InterruptedException {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as(String.join(" ", command) + "\n" + Files.readString(log))
                    .isTrue();
        }

        /** Also ends a server that the program started and did not end. */
        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly();
            try {
                Files.deleteIfExists(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
