package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wstck.tck.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows docs/tutorial.md in a folder: writes its files, makes its changes, runs its commands and compares what they
 * print. Runs without a selection play some of the failing cases only, because all cases would take a minute.
 */
final class Tutorial {
    /** Cases of each cause that fails in the tutorial. Their numbers put the causes in the order of the whole run. */
    private static final List<String> CASES = List.of(
            "connect.verifies-response.*",
            "close.reason-limit-12*",
            "close.reason-limit-1000",
            "close.unsendable-1004",
            "close.unsendable-1005");

    private static final String KIT = "../wstck/wstck";
    private static final String STATUS = "echo $?";
    private static final Pattern COMMAND = Pattern.compile("^\\$ (.*)\n((?:(?!\\$ ).*\n)*)", Pattern.MULTILINE);
    private static final Pattern INSERTION = Pattern.compile("insert in (\\S+) below: (.*)");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)*");
    private static final Pattern DURATION = Pattern.compile("in (# min )?# m?s");

    private final Path folder;
    private final Shell shell;
    private int status;

    Tutorial(Path folder) {
        this.folder = folder;
        this.shell = new Shell(folder, KIT);
    }

    /** Skips the test where there is no Python for the tutorial's code. */
    static void requirePython() throws InterruptedException {
        assumeTrue(hasPython(), "there is no python3 of version 3.9 or newer on the PATH");
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 9))")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes every step. Returns the number of commands of the kit that were compared. */
    int follow() throws IOException, InterruptedException {
        int compared = 0;
        for (PageBlock block : blocks()) {
            write(block);
            if (block.language().equals("sh")) {
                run(List.of("sh", "-ec", block.text()));
            } else if (block.language().equals("console")) {
                compared += compareCommands(block.text());
            }
        }
        return compared;
    }

    /** Writes the files as they are after the agent is complete and before the bug is mended. */
    void writeUnmendedFiles() throws IOException {
        for (PageBlock block : blocks()) {
            if (!INSERTION.matcher(block.marker()).matches()) {
                write(block);
            }
        }
    }

    private static List<PageBlock> blocks() throws IOException {
        return PageBlock.of(Example.ROOT.resolve("docs/tutorial.md"));
    }

    private void write(PageBlock block) throws IOException {
        String file = block.markedAs("file: ");
        Matcher insertion = INSERTION.matcher(block.marker());
        if (!file.isEmpty()) {
            Files.writeString(folder.resolve(file), block.text());
        } else if (insertion.matches()) {
            insert(folder.resolve(insertion.group(1)), insertion.group(2), block.text());
        }
    }

    /** Inserts text below the one line that begins with these characters. */
    private static void insert(Path file, String above, String text) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        List<String> places =
                lines.stream().filter(line -> line.strip().startsWith(above)).toList();
        assertThat(places).as("lines of %s that begin with %s", file, above).hasSize(1);
        lines.addAll(lines.indexOf(places.getFirst()) + 1, text.lines().toList());
        Files.write(file, lines);
    }

    private int compareCommands(String block) {
        int compared = 0;
        for (var found : COMMAND.matcher(block).results().toList()) {
            if (found.group(1).equals(STATUS)) {
                assertThat(status)
                        .as(shell.out() + shell.err())
                        .isEqualTo(Integer.parseInt(found.group(2).strip()));
            } else {
                status = shell.run(arguments(found.group(1)));
                // The folder is not the one that this program was started in, so the kit prints whole paths.
                String printed = (shell.out() + shell.err()).replace(folder + "/", "");
                assertPrinted(found.group(1), found.group(2), printed);
                compared++;
            }
        }
        return compared;
    }

    private static String[] arguments(String command) {
        List<String> words = new ArrayList<>(PageBlock.words(command));
        assertThat(words.removeFirst()).isEqualTo(KIT);
        if (words.getFirst().equals("run") && !words.contains("--only")) {
            CASES.forEach(pattern -> words.addAll(List.of("--only", pattern)));
        }
        return words.toArray(String[]::new);
    }

    /** Each promised line is printed, in this order. Numbers may differ. A line that ends with … is a beginning. */
    private static void assertPrinted(String command, String promised, String printed) {
        Iterator<String> lines = printed.lines().map(Tutorial::normal).iterator();
        for (String line : promised.lines().filter(one -> !one.equals("…")).toList()) {
            String expected = normal(line);
            boolean found = false;
            while (!found && lines.hasNext()) {
                String actual = lines.next();
                found = expected.endsWith("…")
                        ? actual.startsWith(expected.substring(0, expected.length() - 1))
                        : actual.equals(expected);
            }
            assertThat(found)
                    .as("%s prints%n%s%nin this place. It printed:%n%s", command, line, printed)
                    .isTrue();
        }
    }

    private static String normal(String line) {
        return DURATION.matcher(NUMBER.matcher(line).replaceAll("#")).replaceAll("in # s");
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
