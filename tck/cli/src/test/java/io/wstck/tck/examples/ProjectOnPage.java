package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Maven project that a page shows: each file is below a comment {@code project: FILE}. It is built offline. Its local
 * repository has modules of this build, and links to everything else in the known repository.
 */
final class ProjectOnPage implements AutoCloseable {
    private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");

    private final Path folder;

    /** The artifacts with the folders of their modules. */
    private final Map<String, String> modules;

    private final List<Path> links = new ArrayList<>();

    ProjectOnPage(Path folder, Map<String, String> modules) {
        this.folder = folder;
        this.modules = modules;
    }

    /** Deletes the links, so that deleting the folder spares the known repository. */
    @Override
    public void close() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    /** Writes the files of the page, each changed by a function. Returns their names. */
    List<String> write(String page, UnaryOperator<String> change) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (PageBlock block : PageBlock.of(Example.ROOT.resolve(page))) {
            String name = block.markedAs("project: ");
            if (!name.isEmpty()) {
                files.put(name, change.apply(block.text()));
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = project().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return List.copyOf(files.keySet());
    }

    Path project() {
        return folder.resolve("project");
    }

    /** Runs Maven offline in the project. */
    void maven(String... arguments) throws IOException, InterruptedException {
        Path repository = repository();
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-o", "-q", "-Dmaven.repo.local=" + repository));
        command.addAll(List.of(arguments));
        run(command);
    }

    private Path repository() throws IOException {
        Path repository = folder.resolve("repository");
        if (Files.exists(repository)) {
            return repository;
        }
        Path known = knownRepository();
        assumeTrue(Files.isDirectory(known), "there is no local Maven repository");
        Files.createDirectory(repository);
        link(known, repository, "io");
        link(known.resolve("io"), Files.createDirectory(repository.resolve("io")), "wstck");
        install(repository, "wstck-parent", "pom.xml");
        for (Map.Entry<String, String> module : modules.entrySet()) {
            Path versioned = install(repository, module.getKey(), module.getValue() + "/pom.xml");
            jar(
                    Example.ROOT.resolve(module.getValue()).resolve("target/classes"),
                    versioned.resolve(module.getKey() + "-" + version() + ".jar"));
        }
        return repository;
    }

    /** Where the Maven that runs this test keeps what it has downloaded. */
    private static Path knownRepository() {
        String told = System.getProperty("maven.repo.local", System.getProperty("localRepository"));
        return told == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(told);
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

    /** Makes a jar with an entry for each folder, as Maven does: the kit looks for the folder of its cases. */
    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(one -> !one.equals(classes)).toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                if (Files.isDirectory(file)) {
                    entries.putNextEntry(new JarEntry(name + "/"));
                } else {
                    entries.putNextEntry(new JarEntry(name));
                    Files.copy(file, entries);
                }
            }
        }
    }

    /** The jars of the modules. */
    List<String> jars() throws IOException {
        try (Stream<Path> files = Files.walk(repository().resolve("io/wstck"))) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }

    /** Runs a program in the project. Returns what it printed. */
    String run(List<String> command) throws IOException, InterruptedException {
        Path out = project().resolve(command.getFirst().endsWith("java") ? "java.out" : "maven.out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project().toFile())
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
