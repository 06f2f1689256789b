package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The javadoc of the libraries' public packages has no gap, and begins with a first connection. */
@Timeout(120)
class JavadocTest {
    private static final Pattern PUBLIC_PACKAGE = Pattern.compile("^\\| `(.*)` \\| yes \\|", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"client/core", "client/lua"})
    void itIsMadeWithoutAWarningAndItsFirstPageShowsAConnection(String module) throws IOException {
        Path sources = Example.ROOT.resolve(module).resolve("src/main");
        List<String> arguments = new ArrayList<>(List.of(
                "-quiet",
                "-Xdoclint:all",
                "-Werror",
                "-d",
                folder.toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                "-sourcepath",
                sources.resolve("java").toString(),
                "-overview",
                sources.resolve("javadoc/overview.html").toString()));
        arguments.addAll(publicPackages(module));
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed, true);

        int status = ToolProvider.findFirst("javadoc")
                .orElseThrow(() -> new AssertionError("expected the tool javadoc in this JDK"))
                .run(writer, writer, arguments.toArray(String[]::new));

        assertThat(printed.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(Files.readString(folder.resolve("index.html"))).contains("ws://127.0.0.1:8080/echo");
    }

    /** The packages of a module that docs/architecture.md marks as public. */
    private static List<String> publicPackages(String module) throws IOException {
        String document = Files.readString(Example.ROOT.resolve("docs/architecture.md"));
        String section = document.split("### `" + module + "`", 2)[1].split("\n##", 2)[0];
        List<String> packages = PUBLIC_PACKAGE
                .matcher(section)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(packages).isNotEmpty();
        return packages;
    }
}
