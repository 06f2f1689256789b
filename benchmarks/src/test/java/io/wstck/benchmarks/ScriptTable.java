package io.wstck.benchmarks;

import io.wstck.benchmarks.peer.BareServer;
import io.wstck.benchmarks.peer.WaitingScripts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The memory of scripts that wait for a message. */
final class ScriptTable {
    private static final String TITLE = "Waiting scripts";
    private static final double KIB = 1024;

    private final Options options;
    private final Report report;
    private final Path key;
    private final Path errors;

    ScriptTable(Options options, Report report, Path key, Path errors) {
        this.options = options;
        this.report = report;
        this.key = key;
        this.errors = errors;
    }

    void print() throws IOException {
        if (!options.includes(TITLE)) {
            return;
        }
        report.progress(TITLE + ": " + options.scripts());
        List<String> serverArguments = List.of(key.toString(), "virtual");
        try (ChildProcess server = ChildProcess.java(CorePinning.NONE, BareServer.class, serverArguments, errors)) {
            String url = "ws://127.0.0.1:" + server.readLine().split(" ", -1)[0] + "/";
            List<String> arguments = List.of(url, String.valueOf(options.scripts()));
            try (ChildProcess scripts = ChildProcess.java(CorePinning.NONE, WaitingScripts.class, arguments, errors)) {
                String[] bytes = scripts.readLine().split(" ", -1);
                report.heading(TITLE);
                report.columns("scripts, each with a connection", "KiB of heap each", "KiB of the process each");
                report.row(List.of(
                        String.valueOf(options.scripts()),
                        Figures.print(Long.parseLong(bytes[0]) / KIB),
                        Figures.print(Long.parseLong(bytes[1]) / KIB)));
            } catch (IOException e) {
                report.leaveOut(TITLE + ": " + e.getMessage());
            }
        }
    }
}
