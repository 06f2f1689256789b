package io.wstck.tck.implementation.browser;

import io.wstck.tck.implementation.AuthorityFile;
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

/** An installed browser, which the kit starts headless with a temporary profile. Immutable. */
public final class Browser {
    /** The programs to look for on the PATH, in this order, for each name. */
    private static final Map<String, List<String>> NAMES = new TreeMap<>(Map.of(
            "chromium", List.of("chromium", "chromium-browser"),
            "chrome", List.of("google-chrome", "google-chrome-stable", "chrome"),
            "edge", List.of("microsoft-edge", "microsoft-edge-stable", "msedge"),
            "firefox", List.of("firefox", "firefox-esr")));

    /** Firefox has its own options. All other supported browsers take Chromium's. */
    private static final String FIREFOX = "firefox";

    private final Path program;
    private final BrowserFamily family;

    private Browser(Path program) {
        this.program = program;
        family = program.getFileName().toString().toLowerCase(Locale.ROOT).contains(FIREFOX)
                ? new Firefox()
                : new Chromium();
    }

    /**
     * Finds a browser by name on the PATH, or by the path of its program. A program with {@code firefox} in its file
     * name gets Firefox's options; any other gets Chromium's.
     *
     * @throws AgentException if there is no such program
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

    /** Finds a program on the PATH. */
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
     * Starts the browser with the page.
     *
     * @param trust the authority that the browser is to trust. Only possible if {@code certutil} is installed; then
     * {@code ?tls} tells the page
     * @throws AgentException if the browser cannot be started
     */
    BrowserProcess open(String address, AuthorityFile trust) throws AgentException {
        Path profile;
        try {
            profile = Files.createTempDirectory("wstck-browser");
        } catch (IOException e) {
            throw missing("cannot create a profile for " + program + ": " + e.getMessage());
        }
        try {
            return start(profile, address, trust);
        } catch (IOException e) {
            BrowserProcess.delete(profile);
            throw missing("expected a program that can be started, got " + program + ": " + e.getMessage());
        }
    }

    private BrowserProcess start(Path profile, String address, AuthorityFile trust) throws IOException {
        family.prepare(profile);
        Optional<CertificateDatabase> database = CertificateDatabase.available();
        if (database.isPresent()) {
            database.get().write(family.certificates(profile), trust.file());
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(family.arguments(profile, address + (database.isPresent() ? "?tls" : "")));
        return BrowserProcess.start(command, family.environment(profile), profile);
    }
}
