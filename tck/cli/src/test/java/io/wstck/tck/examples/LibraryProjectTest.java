package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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
    private static final Pattern PROJECT_FILE =
            Pattern.compile("<!-- project: ([^\n]*) -->\n\n```\\w+\n(.*?)```", Pattern.DOTALL);

    /** The artifacts with the folders of their modules. */
    private static final Map<String, String> LIBRARIES =
            Map.of("wstck-client", "client/core", "wstck-lua", "client/lua");

    private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");

    @TempDir
    private Path folder;

    private final List<Path> links = new ArrayList<>();

    @AfterEach
    void removeLinks() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @Test
    void theProjectOfThePageCompilesOfflineAndReceivesAMessage() throws Exception {
        Path known = localRepository();
        assumeTrue(Files.isDirectory(known), "there is no local Maven repository");
        Path repository = repository(known);
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            Path project = project(server);

            run(project, List.of("mvn", "-B", "-o", "-q", "-Dmaven.repo.local=" + repository, "compile"));

            String printed = run(
                    project,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPath(project, repository),
                            "First"));
            assertThat(printed).isEqualTo("Hello, Server!\n");
        }
    }

    /** Where the Maven that runs this test keeps what it has downloaded. */
    private static Path localRepository() {
        String told = System.getProperty("maven.repo.local", System.getProperty("localRepository"));
        return told == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(told);
    }

    /** A repository with the two libraries, and with links to everything else that the known one has. */
    private Path repository(Path known) throws IOException {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        link(known, repository, "io");
        link(known.resolve("io"), Files.createDirectory(repository.resolve("io")), "wstck");
        install(repository, "wstck-parent", "pom.xml");
        for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
            Path versioned = install(repository, library.getKey(), library.getValue() + "/pom.xml");
            jar(
                    Example.ROOT.resolve(library.getValue()).resolve("target/classes"),
                    versioned.resolve(library.getKey() + "-" + version() + ".jar"));
        }
        return repository;
    }

    private void link(Path from, Path to, String except) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(except)) {
                    links.add(Files.createSymbolicLink(to.resolve(entry.getFileName()), entry));
                }
            }
        }
    }

    /** Copies a POM into the repository and returns the folder of that version. */
    private static Path install(Path repository, String artifact, String pom) throws IOException {
        Path versioned = Files.createDirectories(
                repository.resolve("io/wstck").resolve(artifact).resolve(version()));
        Files.copy(Example.ROOT.resolve(pom), versioned.resolve(artifact + "-" + version() + ".pom"));
        return versioned;
    }

    private static String version() throws IOException {
        return VERSION.matcher(Files.readString(Example.ROOT.resolve("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected the version of the project in pom.xml"))
                .group(1);
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, entries);
            }
        }
    }

    private Path project(ReferenceServer server) throws IOException {
        Map<String, String> files = new TreeMap<>();
        PROJECT_FILE
                .matcher(Files.readString(Example.ROOT.resolve("docs/java.md")))
                .results()
                .forEach(found -> files.put(found.group(1), Example.at(server.base(), found.group(2))));
        assertThat(files).containsOnlyKeys("pom.xml", "src/main/java/First.java", "build.gradle");
        Path project = Files.createDirectory(folder.resolve("project"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = project.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return project;
    }

    private static String classPath(Path project, Path repository) throws IOException {
        List<String> paths =
                new ArrayList<>(List.of(project.resolve("target/classes").toString()));
        try (Stream<Path> files = Files.walk(repository.resolve("io/wstck"))) {
            files.filter(file -> file.toString().endsWith(".jar")).forEach(jar -> paths.add(jar.toString()));
        }
        // The library's only dependency.
        paths.addAll(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("com/softwaremill/jox"))
                .toList());
        return paths.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static String run(Path project, List<String> command) throws IOException, InterruptedException {
        Path out = project.resolve(command.getFirst().endsWith("java") ? "java.out" : "maven.out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(180, TimeUnit.SECONDS))
                    .as("it has ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }
}
