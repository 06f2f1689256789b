package io.wstck.tck.cli;

import io.wstck.tck.report.ConsoleStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs commands of the kit in a folder and keeps their output. */
public final class Shell {
    private final Path folder;
    private final String command;
    private final ByteArrayOutputStream out;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Runs commands in this folder. */
    public Shell(Path folder) {
        this(folder, "./wstck");
    }

    /** Runs commands in this folder. The printed command lines use this command. */
    public Shell(Path folder, String command) {
        this(folder, command, new ByteArrayOutputStream());
    }

    /** Runs commands in this folder, with their standard output in this stream. */
    Shell(Path folder, ByteArrayOutputStream out) {
        this(folder, "./wstck", out);
    }

    private Shell(Path folder, String command, ByteArrayOutputStream out) {
        this.folder = folder;
        this.command = command;
        this.out = out;
    }

    /** Runs one command and returns its exit status. Output of earlier commands is dropped. */
    public int run(String... arguments) {
        out.reset();
        err.reset();
        return CommandLineTool.run(environment(), arguments);
    }

    /** The environment of the commands. */
    CliEnvironment environment() {
        return new CliEnvironment(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                List.of(command),
                ConsoleStyle.Screen.STREAM,
                ConsoleStyle.Colour.PLAIN,
                () -> TerminalWidth.DEFAULT);
    }

    /** The standard output of the last command. */
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The standard error of the last command. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
