package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wstck.tck.machine.Executables;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher beside a jar that prints its arguments. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("launcher")
class LauncherTest {
    /** The programs that the launcher needs, except mvn. */
    private static final List<String> TOOLS = List.of("sed", "dirname", "readlink", "cat", "cp", "mkdir", "mv", "rm");

    @TempDir
    private Path folder;

    private Path kit;
    private Path bin;
    /** Whether the run that fills the cache ends before it wrote the cache. */
    private String halts = "no";
    /** The locale of the launcher. */
    private String locale = "C.UTF-8";

    /** The main class of the jar. */
    static final class ArgumentPrinter {
        private ArgumentPrinter() {}

        public static void main(String[] arguments) throws Exception {
            Files.writeString(
                    Path.of(System.getenv("TOLD")),
                    String.join("|", arguments) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            if (arguments[0].equals("run") && System.getenv("HALTS").equals("killed")) {
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "kill -9 " + ProcessHandle.current().pid())
                        .start()
                        .waitFor();
            }
            System.out.print(System.getProperty("wstck.command") + String.join("|", arguments));
            System.exit(arguments.length);
        }
    }

    /** The result of a process. */
    private record LauncherResult(int status, String out, String err) {}

    @BeforeEach
    void copyTheLauncher() throws Exception {
        kit = Files.createDirectories(folder.resolve("the kit"));
        copyLauncher("wstck", kit);
        Files.writeString(kit.resolve("pom.xml"), "<project/>");
        bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Executables.script(bin.resolve(tool), "exec " + tool(tool) + " \"$@\"");
        }
    }

    /** Copies a launcher of the project into a folder. */
    void copyLauncher(String name, Path to) throws Exception {
        Executables.copy(Path.of("..", "..", name), to.resolve(name));
    }

    /** Edits a launcher with a script of sed. */
    static void edit(Path launcher, String script) throws Exception {
        // Another process writes the file, as for all programs of tests (see Executables).
        Process sed = new ProcessBuilder("sed", "-i.bak", script, launcher.toString())
                .inheritIO()
                .start();
        assertThat(sed.waitFor()).isZero();
    }

    /** The shell command that starts a tool. */
    String tool(String name) {
        return "'" + find(name) + "'";
    }

    @Test
    void argumentsAndStatusPassThroughASymbolicLinkFromAnotherFolder() throws Exception {
        jar(kit.resolve("tck/cli/target/wstck.jar"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("the kit", "wstck"));

        LauncherResult ended = start(Files.createDirectory(folder.resolve("elsewhere")), link, "run", "--only", "a b*");

        assertThat(ended).isEqualTo(new LauncherResult(3, link + "run|--only|a b*", ""));
    }

    @Test
    void wstestRunsTheKitWithoutFillingTheCache() throws Exception {
        jar(kit.resolve("tck/cli/target/wstck.jar"));
        copyLauncher("wstest", kit);
        Path link = Files.createSymbolicLink(folder.resolve("wstest"), Path.of("the kit", "wstest"));

        LauncherResult ended = start(Files.createDirectory(folder.resolve("elsewhere")), link, "-m", "fuzzingserver");

        assertThat(ended).isEqualTo(new LauncherResult(3, kit.resolve("wstck") + "wstest|-m|fuzzingserver", ""));
        assertThat(told()).containsExactly("wstest|-m|fuzzingserver");
    }

    @Test
    void wstestFillsTheCacheAfterABuild() throws Exception {
        jar(folder.resolve("built.jar"));
        maven("mkdir -p tck/cli/target; cp '" + folder.resolve("built.jar") + "' tck/cli/target/wstck.jar");
        copyLauncher("wstest", kit);

        start(folder, kit.resolve("wstest"), "-a");

        assertThat(told()).hasSize(2).endsWith("wstest|-a");
        assertThat(kit.resolve("tck/cli/target/wstck.aot")).isNotEmptyFile();
    }

    @Test
    void withoutAJarAndMavenItPrintsAnError() throws Exception {
        LauncherResult ended = start(folder, kit.resolve("wstck"), "list");

        assertThat(ended)
                .isEqualTo(new LauncherResult(
                        2, "", "wstck: expected Maven (mvn) on the PATH to build the kit, found none\n"));
    }

    @Test
    void inAReleaseTheJarIsBesideTheLauncher() throws Exception {
        Files.delete(kit.resolve("pom.xml"));
        jar(kit.resolve("wstck.jar"));
        copyLauncher("wstest", kit);

        assertThat(start(folder, kit.resolve("wstck"), "list"))
                .isEqualTo(new LauncherResult(1, kit.resolve("wstck") + "list", ""));
        assertThat(start(folder, kit.resolve("wstest"), "-a").out()).isEqualTo(kit.resolve("wstck") + "wstest|-a");
        assertThat(kit.resolve("wstck.aot")).isNotEmptyFile();
        assertThat(kit.resolve("tck")).doesNotExist();
    }

    @Test
    void withoutAJarAndACheckoutItPrintsAnError() throws Exception {
        Files.delete(kit.resolve("pom.xml"));

        assertThat(start(folder, kit.resolve("wstck"), "list"))
                .isEqualTo(new LauncherResult(
                        2,
                        "",
                        "wstck: expected wstck.jar in " + kit.toRealPath()
                                + ", or a checkout of the kit to build it from, found neither\n"));
    }

    @Test
    void aBuildInAFolderThatCannotBeWrittenIsOneSentence() throws Exception {
        maven("echo noise");
        Files.writeString(kit.resolve("tck"), "a file, where the build needs a folder");

        assertThat(start(folder, kit.resolve("wstck"), "list"))
                .isEqualTo(new LauncherResult(
                        2,
                        "",
                        "wstck: expected to be able to write to " + kit.toRealPath()
                                + "/tck/cli/target to build the kit; build it once as a user who can\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Could not transfer artifact a:b:jar:1: Unknown host repo.example.org",
                "Network is unreachable",
                "Temporary failure in name resolution",
                "Cannot access central in offline mode",
            })
    void aBuildWithoutANetworkIsOneSentence(String line) throws Exception {
        maven("echo '[ERROR] " + line + "'; exit 1");

        LauncherResult ended = start(folder, kit.resolve("wstck"), "list");

        assertThat(ended).isEqualTo(new LauncherResult(2, "", """
                        wstck: building the kit, once; this takes some minutes
                        wstck: expected to reach a Maven repository, which the first build takes libraries from, reached none
                        """));
    }

    @Test
    void onlyAnOlderJavaIsNamedInTheSentence() throws Exception {
        assertThat(Files.readString(kit.resolve("wstck"))).contains("\nneed=25\n");
        edit(kit.resolve("wstck"), "s/^need=25$/need=999/");

        LauncherResult ended = start(folder, kit.resolve("wstck"), "list");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .matches("wstck: expected a Java 999 or newer in JAVA_HOME, on the PATH or in the usual folders,"
                        + " found only Java [0-9]{2} in /.+\n");
    }

    @Test
    void aFolderWithBlanksAndUmlautsWorksInTheLocaleC() throws Exception {
        assumeTrue(
                System.getProperty("sun.jnu.encoding").equals("UTF-8"), "this Java cannot name files outside of ASCII");
        Path moved = Files.move(kit, folder.resolve("Köln grün"));
        jar(moved.resolve("wstck.jar"));
        locale = "C";

        LauncherResult ended = start(folder, moved.resolve("wstck"), "list");

        // The program knows its path, and prints it in ASCII.
        String printed = moved.resolve("wstck").toString().replaceAll("[öü]", "?");
        assertThat(ended).isEqualTo(new LauncherResult(1, printed + "list", ""));
    }

    @Test
    void withoutAJarItBuildsOnceAndPrintsANote() throws Exception {
        jar(folder.resolve("built.jar"));
        maven("echo noise; mkdir -p tck/cli/target; cp '" + folder.resolve("built.jar") + "' tck/cli/target/wstck.jar");

        LauncherResult first = start(folder, kit.resolve("wstck"), "list");
        LauncherResult second = start(folder, kit.resolve("wstck"), "list");

        assertThat(first)
                .isEqualTo(new LauncherResult(
                        1, kit.resolve("wstck") + "list", "wstck: building the kit, once; this takes some minutes\n"));
        assertThat(second).isEqualTo(new LauncherResult(1, kit.resolve("wstck") + "list", ""));
    }

    @Test
    void eachModuleOfTheBuildIsALineOnStandardError() throws Exception {
        jar(folder.resolve("built.jar"));
        maven("""
                echo '[INFO] Scanning for projects...'
                echo '[INFO] Building wstck-client 1.0.0-rc.1                         [2/10]'
                echo '[WARNING] an old flag'
                echo '[INFO] Building jar: /kit/client.jar'
                echo '[INFO] Building wstck 1.0.0-rc.1 [10/10]' >&2
                mkdir -p tck/cli/target; cp '%s' tck/cli/target/wstck.jar
                printf '\\033[0m'
                """.formatted(folder.resolve("built.jar")));

        LauncherResult ended = start(folder, kit.resolve("wstck"), "list");

        assertThat(ended).isEqualTo(new LauncherResult(1, kit.resolve("wstck") + "list", """
                        wstck: building the kit, once; this takes some minutes
                        wstck: building 2/10 wstck-client
                        wstck: building 10/10 wstck
                        """));
    }

    @Test
    void aFailedBuildShowsTheOutputOfMaven() throws Exception {
        maven("echo '[INFO] Building wstck 1 [1/1]'; echo '[INFO] noise'; echo 'no compiler today'; exit 1");

        LauncherResult ended = start(folder, kit.resolve("wstck"), "list");

        assertThat(ended).isEqualTo(new LauncherResult(2, "", """
                        wstck: building the kit, once; this takes some minutes
                        wstck: building 1/1 wstck
                        no compiler today
                        wstck: the build failed; the output of Maven is above
                        """));
    }

    @Test
    void theCacheIsFilledOncePerBuildWhateverTheStatusOfTheRun() throws Exception {
        Path jar = kit.resolve("tck/cli/target/wstck.jar");
        jar(jar);
        Path cache = kit.resolve("tck/cli/target/wstck.aot");

        start(folder, kit.resolve("wstck"), "list");
        start(folder, kit.resolve("wstck"), "list", "again");
        assertThat(told()).hasSize(3).first().asString().startsWith("run|--only|");
        assertThat(told()).endsWith("list", "list|again");
        assertThat(cache).isNotEmptyFile();

        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(3600)));
        start(folder, kit.resolve("wstck"), "list", "rebuilt");
        assertThat(told()).hasSize(5).endsWith("list|rebuilt");
    }

    @Test
    void luaHasACacheOfItsOwn() throws Exception {
        jar(kit.resolve("tck/cli/target/wstck.jar"));

        start(folder, kit.resolve("wstck"), "list");
        start(folder, kit.resolve("wstck"), "lua", "-");
        start(folder, kit.resolve("wstck"), "lua", "again");

        assertThat(told()).hasSize(5).endsWith("lua|-", "lua|again");
        assertThat(told().get(2)).startsWith("lua|-e|");
        assertThat(kit.resolve("tck/cli/target/wstck-lua.aot")).isNotEmptyFile();
        assertThat(kit.resolve("tck/cli/target/wstck.aot")).isNotEmptyFile();
    }

    @Test
    void aFailedCacheRunIsNotRepeated() throws Exception {
        jar(kit.resolve("tck/cli/target/wstck.jar"));
        halts = "killed";

        LauncherResult first = start(folder, kit.resolve("wstck"), "list");
        LauncherResult second = start(folder, kit.resolve("wstck"), "list");

        assertThat(first).isEqualTo(new LauncherResult(1, kit.resolve("wstck") + "list", ""));
        assertThat(second).isEqualTo(first);
        assertThat(told()).hasSize(3).endsWith("list", "list");
        assertThat(kit.resolve("tck/cli/target/wstck.aot")).doesNotExist();
    }

    @Test
    void inAReadOnlyFolderNoCacheIsMadeAndNothingPrinted() throws Exception {
        jar(kit.resolve("tck/cli/target/wstck.jar"));
        Files.createDirectories(kit.resolve("tck/cli/target/wstck.aot.tried"));

        LauncherResult ended = start(folder, kit.resolve("wstck"), "list");

        assertThat(ended).isEqualTo(new LauncherResult(1, kit.resolve("wstck") + "list", ""));
        assertThat(told()).containsExactly("list");
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(folder.resolve("told"));
    }

    @Test
    void aJavaThatIsTooOldIsIgnored() throws Exception {
        jar(kit.resolve("tck/cli/target/wstck.jar"));
        Path old = Files.createDirectories(folder.resolve("old/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Executables.script(old.resolve("bin/java"), "echo old");

        assertThat(start(old, folder, kit.resolve("wstck"), "list").out()).isEqualTo(kit.resolve("wstck") + "list");
    }

    private LauncherResult start(Path directory, Path program, String... arguments) throws Exception {
        return start(Path.of(System.getProperty("java.home")), directory, program, arguments);
    }

    private LauncherResult start(Path javaHome, Path directory, Path program, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(List.of(arguments));
        Path err = folder.resolve("stderr");
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(directory.toFile()).redirectError(err.toFile());
        // This test's Java is last on the PATH. The launcher finds it if JAVA_HOME is no help.
        Path java = Path.of(System.getProperty("java.home"), "bin");
        builder.environment().put("PATH", bin + File.pathSeparator + java);
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("TOLD", folder.resolve("told").toString());
        builder.environment().put("HALTS", halts);
        builder.environment().put("LC_ALL", locale);
        // Coverage agents would print on standard error.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new LauncherResult(process.exitValue(), text, Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private void maven(String script) throws IOException {
        Executables.script(bin.resolve("mvn"), script);
    }

    private static void jar(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, ArgumentPrinter.class.getName());
        String entry = ArgumentPrinter.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                InputStream code = LauncherTest.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new ZipEntry(entry));
            code.transferTo(jar);
        }
    }

    static Path find(String tool) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("expected " + tool + " on the PATH, found none");
    }
}
