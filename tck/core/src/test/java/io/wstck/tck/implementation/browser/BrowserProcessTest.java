package io.wstck.tck.implementation.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that behaves as a browser does when it is ended. */
@Timeout(60)
class BrowserProcessTest {
    /** The parent ends when it is asked to. Its child hides its environment, as Chromium's processes do. */
    private static final String PARENT = "env -i \"$@\" & wait";

    @TempDir
    private Path folder;

    @RepeatedTest(5)
    void theSecondThreadThatClosesItAlsoReturnsAfterAllProcessesHaveEnded() throws Exception {
        Path profile = Files.createDirectory(folder.resolve("profile"));
        BrowserProcess browser = BrowserProcess.start(
                List.of(
                        "sh",
                        "-c",
                        PARENT,
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProfileWriter.class.getName(),
                        profile.toString()),
                Map.of(),
                profile);
        while (!browser.outputLines().contains("started")) {
            Thread.onSpinWait();
        }
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        browser.whenEnded(() -> second.complete(closed(browser, profile)));

        assertThat(closed(browser, profile)).as("the first thread").isTrue();
        assertThat(second.get()).as("the second thread").isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    /** Closes; returns whether the profile is gone then. */
    private static boolean closed(BrowserProcess browser, Path profile) {
        browser.close();
        return !Files.exists(profile);
    }

    /** Creates its folder again and again, and goes on after its parent has ended. */
    static final class ProfileWriter {
        private ProfileWriter() {}

        public static void main(String[] arguments) {
            Path cache = Path.of(arguments[0]).resolve("cache");
            System.out.println("started");
            while (true) {
                write(cache);
            }
        }

        private static void write(Path cache) {
            try {
                Files.createDirectories(cache);
            } catch (IOException e) {
                // The kit deletes in the folder at the same time.
                return;
            }
        }
    }
}
