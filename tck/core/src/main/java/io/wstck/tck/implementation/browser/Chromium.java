package io.wstck.tck.implementation.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts Chromium, and browsers that take its options. */
final class Chromium implements BrowserFamily {
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
            // The page is never visible, and its timers must still run.
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding");

    @Override
    public void prepare(Path profile) {
        // An empty folder is a new profile.
    }

    @Override
    public List<String> arguments(Path profile, String address) {
        List<String> arguments = new ArrayList<>(FLAGS);
        if ("root".equals(System.getProperty("user.name"))) {
            // Chromium refuses to run as root inside its sandbox.
            arguments.add("--no-sandbox");
        }
        arguments.add("--user-data-dir=" + profile);
        arguments.add(address);
        return arguments;
    }

    @Override
    public Path certificates(Path profile) {
        return profile.resolve(".pki").resolve("nssdb");
    }

    /** Chromium looks for certificates in the user's home. */
    @Override
    public Map<String, String> environment(Path profile) {
        return Map.of("HOME", profile.toString());
    }
}
