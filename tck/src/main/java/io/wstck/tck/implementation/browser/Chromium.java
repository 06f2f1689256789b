package io.wstck.tck.implementation.browser;

import io.wstck.tck.implementation.agent.AgentException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Chromium, or a browser that takes its options, and how to start it without a window, in a profile of its own.
 *
 * @param program its executable
 */
public record Chromium(Path program) {
    /** What each is called on the PATH of some system. */
    private static final Map<String, List<String>> NAMES = new TreeMap<>(Map.of(
            "chromium", List.of("chromium", "chromium-browser"),
            "chrome", List.of("google-chrome", "google-chrome-stable", "chrome"),
            "edge", List.of("microsoft-edge", "microsoft-edge-stable", "msedge")));

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--no-default-browser-check",
            "--no-proxy-server",
            "--disable-background-networking",
            "--disable-breakpad",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--disable-sync",
            // Nobody sees the page, and its timers must run all the same.
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding");

    /**
     * The browser of that name on the PATH, or the program at that path.
     *
     * @throws AgentException when there is none
     */
    public static Chromium named(String word) throws AgentException {
        if (word.contains("/") || word.contains(File.separator)) {
            return Optional.of(Path.of(word))
                    .filter(Chromium::executable)
                    .map(Chromium::new)
                    .orElseThrow(() -> missing("expected a program that can be run at " + word + ", found none"));
        }
        if (!NAMES.containsKey(word)) {
            throw missing("expected " + String.join(", ", NAMES.keySet())
                    + " or the path of a program that takes Chromium's options, got \"" + word
                    + "\"; without a name the page can be opened in any browser");
        }
        List<String> programs = NAMES.get(word);
        return programs.stream()
                .flatMap(program -> onPath(program).stream())
                .findFirst()
                .map(Chromium::new)
                .orElseThrow(() -> missing("expected " + String.join(" or ", programs) + " on the PATH, found none"));
    }

    private static AgentException missing(String sentence) {
        return new AgentException(AgentException.Fault.REQUEST, "--browser: " + sentence);
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")))
                .filter(Chromium::executable)
                .findFirst();
    }

    private static boolean executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /**
     * Starts it.
     *
     * @throws AgentException when it cannot be started
     */
    OpenedBrowser open(String address) throws AgentException {
        Path profile;
        try {
            profile = Files.createTempDirectory("wstck-browser");
        } catch (IOException e) {
            throw missing("a profile for " + program + " cannot be made: " + e.getMessage());
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(FLAGS);
        if ("root".equals(System.getProperty("user.name"))) {
            // It refuses to run as root within its sandbox.
            command.add("--no-sandbox");
        }
        command.add("--user-data-dir=" + profile);
        command.add(address);
        try {
            return OpenedBrowser.start(command, profile);
        } catch (IOException e) {
            throw missing("expected a program that can be started, got " + program + ": " + e.getMessage());
        }
    }
}
