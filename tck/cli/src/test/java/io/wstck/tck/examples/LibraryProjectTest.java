package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Maven project of docs/java.md compiles offline with nothing but the two libraries and their dependencies, and its
 * program runs with these jars alone.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
class LibraryProjectTest {
    private static final Map<String, String> LIBRARIES =
            Map.of("wstck-client", "client/core", "wstck-lua", "client/lua");

    @TempDir
    private Path folder;

    @Test
    void theProjectOfThePageCompilesOfflineAndReceivesAMessage() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                ProjectOnPage project = new ProjectOnPage(folder, LIBRARIES)) {
            assertThat(project.write("docs/java.md", text -> Example.at(server.base(), text)))
                    .containsExactlyInAnyOrder("pom.xml", "src/main/java/First.java", "build.gradle");

            project.maven("compile");

            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            assertThat(project.run(List.of(java, "-cp", classPath(project), "First")))
                    .isEqualTo("Hello, Server!\n");
        }
    }

    private static String classPath(ProjectOnPage project) throws IOException {
        List<String> paths = new ArrayList<>(project.jars());
        paths.add(project.project().resolve("target/classes").toString());
        // The library's only dependency.
        paths.addAll(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("com/softwaremill/jox"))
                .toList());
        return String.join(File.pathSeparator, paths);
    }
}
