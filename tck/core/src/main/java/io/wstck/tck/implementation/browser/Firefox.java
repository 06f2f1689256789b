package io.wstck.tck.implementation.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts Firefox. Preferences keep a new profile from opening or fetching anything except the page. */
final class Firefox implements BrowserFamily {
    /**
     * Keeps defaults that affect WebSockets, except one. Firefox runs one handshake per address at a time (RFC 6455
     * §4.1), so a hanging one blocks all other cases. Its timeout is therefore 5 s instead of 20 s.
     */
    private static final String PREFERENCES = """
            // Written by wstck for one run.
            user_pref("app.normandy.enabled", false);
            user_pref("app.update.disabledForTesting", true);
            user_pref("browser.aboutwelcome.enabled", false);
            user_pref("browser.newtabpage.enabled", false);
            user_pref("browser.newtabpage.activity-stream.feeds.topsites", false);
            user_pref("browser.newtabpage.activity-stream.feeds.section.topstories", false);
            user_pref("browser.safebrowsing.downloads.enabled", false);
            user_pref("browser.safebrowsing.malware.enabled", false);
            user_pref("browser.safebrowsing.phishing.enabled", false);
            user_pref("browser.search.update", false);
            user_pref("browser.sessionstore.resume_from_crash", false);
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("browser.startup.homepage_override.mstone", "ignore");
            user_pref("browser.startup.page", 0);
            user_pref("browser.topsites.contile.enabled", false);
            user_pref("datareporting.healthreport.uploadEnabled", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
            user_pref("datareporting.usage.uploadEnabled", false);
            user_pref("dom.push.connection.enabled", false);
            user_pref("extensions.systemAddon.update.enabled", false);
            user_pref("extensions.update.enabled", false);
            user_pref("media.gmp-manager.updateEnabled", false);
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("network.dns.disablePrefetch", true);
            user_pref("network.http.speculative-parallel-limit", 0);
            user_pref("network.prefetch-next", false);
            user_pref("network.proxy.type", 0);
            user_pref("network.trr.mode", 5);
            user_pref("network.websocket.timeout.open", 5);
            user_pref("services.settings.server", "data:,#none");
            user_pref("termsofuse.bypassNotification", true);
            user_pref("toolkit.telemetry.enabled", false);
            user_pref("toolkit.telemetry.server", "data:,");
            user_pref("toolkit.telemetry.unified", false);
            """;

    @Override
    public void prepare(Path profile) throws IOException {
        Files.writeString(profile.resolve("user.js"), PREFERENCES);
    }

    @Override
    public List<String> arguments(Path profile, String address) {
        return List.of("--headless", "--no-remote", "--new-instance", "--profile", profile.toString(), address);
    }

    @Override
    public Path certificates(Path profile) {
        return profile;
    }

    /** Firefox also writes to its user's home, and refuses to run as root in another user's home. */
    @Override
    public Map<String, String> environment(Path profile) {
        return Map.of("HOME", profile.toString(), "MOZ_CRASHREPORTER_DISABLE", "1");
    }
}
