package io.wstck.tck.implementation.browser;

import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.agent.AgentException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An installed browser that the kit opens without a window, in a temporary profile. Immutable. */
public final class Browser {
    /** Where each name is looked for: the programs on the PATH, in this order. */
    private static final Map<String, List<String>> NAMES = new TreeMap<>(Map.of(
            "chromium", List.of("chromium", "chromium-browser"),
            "chrome", List.of("google-chrome", "google-chrome-stable", "chrome"),
            "edge", List.of("microsoft-edge", "microsoft-edge-stable", "msedge"),
            "firefox", List.of("firefox", "firefox-esr")));

    /** Firefox takes options of its own; all other browsers that can be named are relatives of Chromium. */
    private static final String FIREFOX = "firefox";

    private final Path program;
    private final Launch launch;

    private Browser(Path program) {
        this.program = program;
        launch = program.getFileName().toString().toLowerCase(Locale.ROOT).contains(FIREFOX)
                ? new Firefox()
                : new Chromium();
    }

    /**
     * The browser with that name on the PATH, or the program at that path. A program whose file name contains {@code firefox} is
     * opened as Firefox is, any other one as Chromium is.
     *
     * @throws AgentException when there is none
     */
    public static Browser named(String word) throws AgentException {
        if (word.contains("/") || word.contains(File.separator)) {
            return Optional.of(Path.of(word))
                    .filter(Browser::executable)
                    .map(Browser::new)
                    .orElseThrow(() -> missing("expected a program that can be run at " + word + ", found none"));
        }
        if (!NAMES.containsKey(word)) {
            throw missing("expected " + String.join(", ", NAMES.keySet())
                    + " or the path of a program that takes Chromium's or Firefox's options, got \"" + word
                    + "\"; without a name the page can be opened in any browser");
        }
        List<String> programs = NAMES.get(word);
        return programs.stream()
                .flatMap(program -> onPath(program).stream())
                .findFirst()
                .map(Browser::new)
                .orElseThrow(() -> missing("expected " + String.join(" or ", programs) + " on the PATH, found none"));
    }

    private static AgentException missing(String sentence) {
        return new AgentException(AgentException.Fault.REQUEST, "--browser: " + sentence);
    }

    /** The program with this name on the PATH. */
    static Optional<Path> onPath(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")))
                .filter(Browser::executable)
                .findFirst();
    }

    private static boolean executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /**
     * Starts it.
     *
     * @param trust its authority is trusted where this machine has a tool for that; the page is told by {@code ?tls}
     * @throws AgentException when it cannot be started
     */
    OpenedBrowser open(String address, Trust trust) throws AgentException {
        Path profile;
        try {
            profile = Files.createTempDirectory("wstck-browser");
        } catch (IOException e) {
            throw missing("a profile for " + program + " cannot be made: " + e.getMessage());
        }
        try {
            return start(profile, address, trust);
        } catch (IOException e) {
            OpenedBrowser.delete(profile);
            throw missing("expected a program that can be started, got " + program + ": " + e.getMessage());
        }
    }

    private OpenedBrowser start(Path profile, String address, Trust trust) throws IOException {
        launch.prepare(profile);
        Optional<CertificateDatabase> database = CertificateDatabase.available();
        if (database.isPresent()) {
            database.get().write(launch.certificates(profile), trust.file());
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(launch.arguments(profile, address + (database.isPresent() ? "?tls" : "")));
        return OpenedBrowser.start(command, launch.environment(profile), profile);
    }
}
