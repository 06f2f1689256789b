package io.wstck.tck.browser;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The system's Chromium without a window, with a profile of its own. For one thread. */
final class Chromium implements AutoCloseable {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String DRIVER = "chromedriver";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars");

    /** Rules about structure and words that axe counts as labels, names or contrast, and all others that it has for WCAG 2 A and AA. */
    private static final String AXE = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ["violations"]}).then(
              (found) => done(found.violations.map((rule) => rule.id + ": " + rule.help + ": "
                + rule.nodes.slice(0, 5).map((node) => node.html + " " + node.failureSummary).join(" | "))),
              (problem) => done(["axe failed: " + problem]));
            """;

    private final Path profile;
    private final ChromeDriver driver;

    private Chromium(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** Why there is no browser, if there is none. */
    static Optional<String> missing() {
        if (browser().isEmpty()) {
            return Optional.of("expected one of " + String.join(", ", BROWSERS) + " on the PATH, found none");
        }
        return onPath(DRIVER).isEmpty()
                ? Optional.of("expected " + DRIVER + " on the PATH, found none")
                : Optional.empty();
    }

    /** Where the browser is. */
    static Path program() {
        return browser().orElseThrow();
    }

    /** A browser with a window of that many pixels. */
    static Chromium open(int width, int height, String... flags) throws IOException {
        Path profile = Files.createTempDirectory("wstck-chromium");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser().orElseThrow().toFile());
        options.addArguments(FLAGS);
        options.addArguments(flags);
        options.addArguments("--user-data-dir=" + profile, "--window-size=" + width + "," + height);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath(DRIVER).orElseThrow().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        return new Chromium(profile, new ChromeDriver(service, options));
    }

    void go(String url) {
        driver.get(url);
    }

    void go(Path file) {
        go(file.toUri().toString());
    }

    /** Waits, 20 s at most, until there is one, and returns the first that is there. */
    WebElement find(String selector) {
        return await("an element " + selector, () -> Optional.of(all(selector)).filter(found -> !found.isEmpty()))
                .getFirst();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The text that can be seen of all that a selector finds. */
    List<String> texts(String selector) {
        return all(selector).stream().map(WebElement::getText).toList();
    }

    /** Waits until the text of an element is one that is asked for. */
    String awaitText(String selector, Predicate<String> wanted) {
        return await(
                "a fitting text in " + selector,
                () -> texts(selector).stream().filter(wanted).findFirst());
    }

    /** Something that may come later. */
    interface Wanted<T> {
        Optional<T> now();
    }

    <T> T await(String what, Wanted<T> wanted) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .withMessage("expected " + what)
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(_ -> wanted.now().orElse(null));
    }

    /** Takes an option of a list. */
    void choose(String selector, String option) {
        new Select(find(selector)).selectByVisibleText(option);
    }

    /** Runs a script and returns what it returns. */
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    void key(CharSequence keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** What the console says, but for what is only chatter. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What axe-core finds wrong with the page as it is now. */
    @SuppressWarnings("unchecked")
    List<String> barriers() throws IOException {
        try (InputStream axe = Chromium.class.getResourceAsStream("/axe.min.js")) {
            // Through the debugger's door: the page's own policy lets no other script in.
            driver.executeCdpCommand(
                    "Runtime.evaluate", Map.of("expression", new String(axe.readAllBytes(), StandardCharsets.UTF_8)));
        }
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        return (List<String>) driver.executeAsyncScript(AXE);
    }

    /** Whether the reader likes it light or dark, and on which medium. */
    void emulate(String media, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** A picture of that many pixels' height, from where the page is scrolled to. */
    void screenshot(Path file, int height) throws IOException {
        int width = driver.manage().window().getSize().getWidth();
        driver.manage().window().setSize(new Dimension(width, height));
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    private static Optional<Path> browser() {
        return BROWSERS.stream().flatMap(name -> onPath(name).stream()).findFirst();
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
