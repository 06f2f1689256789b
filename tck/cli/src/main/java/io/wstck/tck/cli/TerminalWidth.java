package io.wstck.tck.cli;

import io.wstck.tck.report.ConsoleStyle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The width of the terminal. */
final class TerminalWidth {
    /** The width in characters if it is not known, and the largest width of a help text. */
    static final int DEFAULT = 80;

    private static final int MAX_DIGITS = 4;

    private TerminalWidth() {}

    /** The columns of the terminal: those in {@code COLUMNS}, otherwise those that {@code stty} prints. */
    static int columns(ConsoleStyle.Screen screen, Map<String, String> environment) {
        if (screen != ConsoleStyle.Screen.TERMINAL) {
            return DEFAULT;
        }
        int told = number(environment.getOrDefault("COLUMNS", ""));
        return told > 0 ? told : sttyColumns();
    }

    private static int sttyColumns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var output = stty.getInputStream()) {
                String rowsAndColumns = new String(output.readAllBytes(), StandardCharsets.US_ASCII);
                int columns = number(rowsAndColumns.strip().replaceFirst("^[0-9]+ ", ""));
                return stty.waitFor(1, TimeUnit.SECONDS) && columns > 0 ? columns : DEFAULT;
            } finally {
                stty.destroy();
            }
        } catch (IOException _) {
            // Windows has no stty.
            return DEFAULT;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return DEFAULT;
        }
    }

    /** The number in a text, or 0. */
    private static int number(String text) {
        return text.matches("[0-9]{1," + MAX_DIGITS + "}") ? Integer.parseInt(text) : 0;
    }
}
