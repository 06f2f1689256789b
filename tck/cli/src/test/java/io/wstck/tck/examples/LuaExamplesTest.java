package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

/** Each example in Lua runs by the command that it prints, and prints the output that it promises. */
@Timeout(120)
class LuaExamplesTest {
    private static ReferenceServer server;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = ReferenceServer.start(ServerConfig.loopback());
        Files.createDirectories(folder.resolve("examples/lua"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> eachExamplePrintsItsOutput() throws IOException {
        List<Example> examples = Example.in("lua", ".lua");
        assertThat(examples).hasSizeGreaterThanOrEqualTo(10);
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest(example.name(), () -> assertPrintsItsOutput(example)));
    }

    private static void assertPrintsItsOutput(Example example) throws IOException {
        // A copy, because the server of the test has another port than the one that the example names.
        Files.writeString(
                folder.resolve("examples/lua").resolve(example.name()), Example.at(server.base(), example.source()));
        List<String> command = example.command().stream()
                .map(word -> Example.at(server.base(), word))
                .toList();
        assertThat(command).startsWith("./wstck", "lua").endsWith("examples/lua/" + example.name());
        Shell shell = new Shell(folder);

        int status = shell.run(command.subList(1, command.size()).toArray(String[]::new));

        assertThat(shell.err()).isEmpty();
        assertThat(shell.out()).isEqualTo(Example.at(server.base(), example.output()));
        assertThat(status).isZero();
    }

    @Test
    void theOptionsOfTheCommandAreThoseOfThePage() throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run("lua", "--help")).isZero();

        assertThat(options("^\\| `(-[-a-z]+) ?.*` \\|", Files.readString(Example.ROOT.resolve("docs/lua.md"))))
                .isEqualTo(options("^ +(?:-[hV], )?(-[-a-z]+)", shell.out()));
    }

    private static Set<String> options(String pattern, String text) {
        Set<String> options = Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        options.removeAll(Set.of("--help", "--version"));
        assertThat(options).isNotEmpty();
        return options;
    }

    @Test
    void theListOfExamplesIsComplete() throws IOException {
        String list = Files.readString(Example.ROOT.resolve("examples/README.md"));

        assertThat(Example.in("lua", ".lua"))
                .allSatisfy(example -> assertThat(list).contains("(lua/" + example.name() + ")"));
        assertThat(Example.in("java", ".java"))
                .allSatisfy(example -> assertThat(list).contains("(java/" + example.name() + ")"));
    }
}
