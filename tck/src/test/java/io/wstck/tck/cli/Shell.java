package io.wstck.tck.cli;

import io.wstck.tck.report.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs commands as a shell would, in a folder, and keeps what they print. */
public final class Shell {
    private final Path folder;
    private final String command;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** In that folder. */
    public Shell(Path folder) {
        this(folder, "./wstck");
    }

    /** In that folder, where the kit is started by that path. */
    Shell(Path folder, String command) {
        this.folder = folder;
        this.command = command;
    }

    /** Runs one command and returns its status; what earlier ones printed is forgotten. */
    public int run(String... arguments) {
        out.reset();
        err.reset();
        return CommandLineTool.run(surroundings(), arguments);
    }

    /** Where commands print to, and look for files. */
    Surroundings surroundings() {
        return new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                command,
                Style.Screen.STREAM,
                Style.Colour.PLAIN);
    }

    /** What the last command printed. */
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What the last command printed on standard error. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
