package io.wstck.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main class of the runnable jar starts the kit on Java 25, and says what is missing on an older Java. */
@Timeout(60)
class LaunchTest {
    /** The major version of class files for Java 8 (Java Virtual Machine Specification §4.1). */
    private static final int JAVA_8_CLASS_FILE = 52;

    /** Folders with a Java each, as the launcher searches them. */
    private static final List<Path> JAVA_FOLDERS = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt"),
            Path.of("/opt/java"),
            Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
            Path.of(System.getProperty("user.home"), ".jdks"));

    private record Result(int status, String out, String err) {}

    @Test
    void theClassLoadsOnJava8() throws IOException {
        try (InputStream file = Launch.class.getResourceAsStream("Launch.class");
                DataInputStream header = new DataInputStream(file)) {
            header.skipNBytes(6);
            assertThat(header.readUnsignedShort()).isEqualTo(JAVA_8_CLASS_FILE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "9", "11", "17", "24", "", "beta"})
    void anOlderOrUnknownVersionIsNotSupported(String version) {
        assertThat(Launch.isSupported(version)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "26", "100"})
    void java25AndNewerAreSupported(String version) {
        assertThat(Launch.isSupported(version)).isTrue();
    }

    @Test
    void theKitStartsWithItsArgumentsAndEndsWithItsStatus() throws Exception {
        Path current = Path.of(System.getProperty("java.home"));

        assertThat(start(current, "--version").out()).startsWith("wstck ");
        Result wrong = start(current, "dance");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("wstck: Unmatched argument").hasLineCount(1);
    }

    @Test
    void onAnOlderJavaOneSentenceSaysWhatWasExpectedAndWhatCame() throws Exception {
        Optional<Path> old = olderJava();
        assumeTrue(old.isPresent(), "there is no Java older than 25 on this machine");

        Result ended = start(old.get(), "--version");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .matches("wstck: expected Java 25 or newer, got Java [0-9.]+ at .+\n")
                .contains(" at " + old.get().toRealPath());
    }

    private static Optional<Path> olderJava() throws IOException {
        for (Path folder : JAVA_FOLDERS) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> homes = Files.list(folder)) {
                    Optional<Path> old = homes.filter(LaunchTest::isOlder).findFirst();
                    if (old.isPresent()) {
                        return old;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOlder(Path home) {
        try {
            return Files.isExecutable(home.resolve("bin/java"))
                    && Files.readString(home.resolve("release"))
                            .lines()
                            .anyMatch(line -> line.matches("JAVA_VERSION=\"(1\\.8|9|1[0-9]|2[0-4])[._\"].*"));
        } catch (IOException _) {
            // A Java without the file release is passed over.
            return false;
        }
    }

    private static Result start(Path home, String argument) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Launch.class.getName(),
                argument);
        // A coverage agent would print on standard error.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Path err = Files.createTempFile("launch", ".txt");
        Process process = builder.redirectError(err.toFile()).start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), text, Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(err);
        }
    }
}
