package io.wstck.tck.browser;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
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

/** The system's Chromium without a window and with its own profile. For one thread. */
final class Chromium implements AutoCloseable {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String DRIVER = "chromedriver";

    /** Guards against a hang alone. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** Runs all axe rules for WCAG 2 A and AA, and its other rules for structure, labels, names and contrast. */
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

    /** The reason why there is no browser, or empty. */
    static Optional<String> missing() {
        if (browser().isEmpty()) {
            return Optional.of("expected one of " + String.join(", ", BROWSERS) + " on the PATH, found none");
        }
        return onPath(DRIVER).isEmpty()
                ? Optional.of("expected " + DRIVER + " on the PATH, found none")
                : Optional.empty();
    }

    /** The program of the browser. */
    static Path program() {
        return browser().orElseThrow();
    }

    /** Opens a browser whose window has this size in pixels. */
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
                .withTimeout(PATIENCE)
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

    /** Waits for an element and returns the first one. */
    WebElement find(String selector) {
        return await("an element " + selector, () -> Optional.of(all(selector)).filter(found -> !found.isEmpty()))
                .getFirst();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The visible text of all elements that a selector finds. */
    List<String> texts(String selector) {
        return all(selector).stream().map(WebElement::getText).toList();
    }

    /** Waits until the text of an element matches. */
    String awaitText(String selector, Predicate<String> wanted) {
        return await(
                "a fitting text in " + selector,
                () -> texts(selector).stream().filter(wanted).findFirst());
    }

    /** Returns a value when the browser has reached a state. */
    interface BrowserCondition<T> {
        Optional<T> now();
    }

    <T> T await(String what, BrowserCondition<T> wanted) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .withMessage("expected " + what)
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(_ -> wanted.now().orElse(null));
    }

    /** Selects an option of a list. */
    void choose(String selector, String option) {
        new Select(find(selector)).selectByVisibleText(option);
    }

    /** Runs a script and returns its result. */
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    void key(CharSequence keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** The errors and warnings of the console. */
    List<String> consoleErrors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The accessibility errors that axe-core finds in the current page. */
    @SuppressWarnings("unchecked")
    List<String> accessibilityErrors() throws IOException {
        try (InputStream axe = Chromium.class.getResourceAsStream("/axe.min.js")) {
            // Uses the debugger protocol, because the page's content security policy blocks other scripts.
            driver.executeCdpCommand(
                    "Runtime.evaluate", Map.of("expression", new String(axe.readAllBytes(), StandardCharsets.UTF_8)));
        }
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        return (List<String>) driver.executeAsyncScript(AXE);
    }

    /** Sets the medium and the light or dark colour scheme. */
    void emulate(String media, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Saves a picture of this height in pixels, from the current scroll position. */
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
        Files.walkFileTree(profile, new ProfileRemoval());
    }

    /** Deletes a folder. Helper processes of the browser, which may end after it, still delete and write files. */
    private static final class ProfileRemoval extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return delete(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException changed) {
            return delete(folder);
        }

        private static FileVisitResult delete(Path path) {
            // False if it is gone, or has new files, which do no harm in the folder for temporary files.
            var _ = path.toFile().delete();
            return FileVisitResult.CONTINUE;
        }
    }
}
