package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The Maven project of docs/jvm.md plays cases against its client, each as a test, with what the page shows alone. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
class JvmProjectTest {
    private static final Map<String, String> KIT = Map.of(
            "wstck-junit", "tck/junit",
            "wstck-tck", "tck/core",
            "wstck-fixtures", "fixtures",
            "wstck-reference-server", "reference-server",
            "wstck-client", "client/core",
            "wstck-lua", "client/lua");

    @TempDir
    private Path folder;

    @Test
    void theProjectOfThePageJudgesItsClient() throws Exception {
        try (ProjectOnPage project = new ProjectOnPage(folder, KIT)) {
            assertThat(project.write("docs/jvm.md", UnaryOperator.identity()))
                    .containsExactlyInAnyOrder(
                            "pom.xml", "src/test/java/MyClient.java", "src/test/java/MyClientTest.java");

            project.maven("test", "-Dwstck.only=close.default-code,send.returns-text,ping.answered-text");

            assertThat(project.project().resolve("target/wstck/report.md"))
                    .content()
                    .contains("my-client 1.0", "| passed | 3 |");
        }
    }
}
