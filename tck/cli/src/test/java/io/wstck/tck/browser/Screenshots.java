package io.wstck.tck.browser;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.report.RecordedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the screenshots of the documentation. {@code docs/screenshots} runs it; other runs do not, because of its name.
 */
@NeedsChromium
class Screenshots {
    private static final Path IMAGES = Path.of(System.getProperty("wstck.images", "target/images"));
    private static final int WIDTH = 1280;

    @TempDir
    private Path folder;

    @Test
    void ofTheReport() throws Exception {
        Files.createDirectories(IMAGES);
        RecordedRun good = PlayedRun.of(folder.resolve("good.ndjson"), Screenshots::quick, List.of());
        RecordedRun bad = PlayedRun.of(
                folder.resolve("bad.ndjson"),
                Screenshots::quick,
                List.of("close.reason-dropped", "ping.126-bytes", "frames.reserved-opcodes-ignored"));
        try (Chromium browser = Chromium.open(WIDTH, 1000)) {
            render(browser, "passing.html", good);
            browser.screenshot(IMAGES.resolve("report-passing.png"), 1000);
            render(browser, "failing.html", bad);
            browser.find(".cause[open]");
            browser.screenshot(IMAGES.resolve("report-failing.png"), 1500);
            browser.go(folder.resolve("failing.html").toUri() + "#case=ping.frame");
            browser.find("[data-case='ping.frame'] .sequence");
            browser.screenshot(IMAGES.resolve("finding.png"), 655);
            browser.screenshot(IMAGES.resolve("report-case.png"), 1750);
            render(browser, "matrix.html", good, bad);
            browser.find("#differing").click();
            browser.script("document.getElementById('filters').scrollIntoView()");
            browser.screenshot(IMAGES.resolve("report-matrix.png"), 1500);
            browser.go(folder.resolve("matrix.html").toUri() + "#case=ping.frame");
            browser.find("dialog[open] .pane:last-child .sequence");
            browser.screenshot(IMAGES.resolve("report-compare.png"), 1300);
        }
    }

    @Test
    void ofTheLivePage() throws Exception {
        Files.createDirectories(IMAGES);
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                Chromium browser = Chromium.open(WIDTH, 1000)) {
            browser.go(server.base() + "/");
            browser.awaitText("#live-state", text -> text.contains("Watching"));
            String echo = "tr[data-path^='/echo']";
            browser.find(echo + " summary").click();
            browser.find(echo + " button").click();
            browser.awaitText(echo + " .log", text -> text.contains("open"));
            browser.find(echo + " form button:last-of-type").click();
            browser.awaitText("#live .out", text -> text.contains("TEXT"));
            browser.script("scrollTo(0, 0)");
            browser.screenshot(IMAGES.resolve("live-page.png"), 1430);
        }
    }

    private static boolean quick(TestCase testCase) {
        return testCase.weight() == TestCase.Weight.LIGHT;
    }

    private void render(Chromium browser, String name, RecordedRun... runs) throws Exception {
        Path file = folder.resolve(name);
        HtmlFile.write(file, runs);
        browser.go(file);
    }
}
