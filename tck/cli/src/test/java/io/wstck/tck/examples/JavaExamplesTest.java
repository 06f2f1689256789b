package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each example in Java runs by the command that it prints, and prints the output that it promises. */
@Timeout(300)
class JavaExamplesTest {
    private static final String JAR = "tck/cli/target/wstck.jar";
    private static final Pattern EXCERPT =
            Pattern.compile("(<!-- project: [^\n]* -->\n\n)?```java\n(.*?)```", Pattern.DOTALL);

    private static ReferenceServer server;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = ReferenceServer.start(new ServerConfig("127.0.0.1", 0, OptionalInt.of(0)));
        Files.createDirectories(folder.resolve("examples/java"));
        Files.writeString(folder.resolve("ca.pem"), server.authorityPem());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> eachExamplePrintsItsOutput() throws IOException {
        List<Example> examples = Example.in("java", ".java");
        assertThat(examples).hasSizeGreaterThanOrEqualTo(6);
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest(example.name(), () -> assertPrintsItsOutput(example)));
    }

    private static void assertPrintsItsOutput(Example example) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("examples/java").resolve(example.name()),
                Example.at(server.base(), server.tlsBase(), example.source()));
        assertThat(run(command(example))).isEqualTo(Example.at(server.base(), example.output()));
    }

    /** Returns the output of a program, which must end with status 0. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "printed", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("it has ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }

    /** The printed command, on this JVM and with the class path of the tests in place of the jar that has the same. */
    private static List<String> command(Example example) {
        List<String> printed = example.command();
        assertThat(printed).startsWith("java", "-cp", JAR, "examples/java/" + example.name());
        return java(printed.subList(3, printed.size()));
    }

    private static List<String> java(List<String> arguments) {
        // A program that ends after some seconds is faster without the second compiler.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(arguments);
        return command;
    }

    @ParameterizedTest
    @ValueSource(strings = {"client/core", "client/lua"})
    void theFirstPageOfTheJavadocShowsCodeThatRuns(String module) throws IOException, InterruptedException {
        String page = Files.readString(Example.ROOT.resolve(module).resolve("src/main/javadoc/overview.html"));
        Matcher code =
                Pattern.compile("<pre><code>(.*?)</code></pre>", Pattern.DOTALL).matcher(page);
        assertThat(code.find()).isTrue();
        Path program = folder.resolve("Overview.java");
        Files.writeString(
                program, """
                import io.wstck.client.*;
                import io.wstck.client.lua.*;
                import io.wstck.lua.*;
                import io.wstck.lua.host.*;
                import java.util.*;
                class Overview {
                    public static void main(String[] arguments) throws Exception {
                        %s
                    }
                }
                """.formatted(Example.at(server.base(), code.group(1).replace("&gt;", ">"))));

        assertThat(run(java(List.of(program.toString())))).isEqualTo("Hello, Server!\n");
    }

    @Test
    void theExcerptsOfThePageAreInTheExamples() throws IOException {
        String examples = Example.in("java", ".java").stream()
                .map(example -> withoutIndentation(example.source()))
                .collect(Collectors.joining());
        List<String> excerpts = EXCERPT.matcher(Files.readString(Example.ROOT.resolve("docs/java.md")))
                .results()
                .filter(found -> found.group(1) == null)
                .map(found -> withoutIndentation(found.group(2)))
                .toList();

        assertThat(excerpts)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(excerpt -> assertThat(examples).contains(excerpt));
    }

    @Test
    void thePageBeginsWithAnExampleAndItsOutput() throws IOException {
        Example first = Example.in("java", "Connect.java").getFirst();

        assertThat(Files.readString(Example.ROOT.resolve("docs/java.md"))).contains(first.consoleBlock());
    }

    private static String withoutIndentation(String code) {
        return code.lines().map(line -> line.strip() + "\n").collect(Collectors.joining());
    }
}
