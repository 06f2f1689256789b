package io.wstck.benchmarks;

import io.wstck.benchmarks.peer.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints all tables of docs/performance.md as Markdown. Arguments: the folder of the project, then the options. Exit
 * status: 0 if the tables were printed, 2 if not.
 */
public final class Compare {
    private Compare() {}

    /** Prints the tables. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(List.of(arguments).subList(1, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println("compare: " + e.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        print(options, Path.of(arguments[0]));
    }

    private static void print(Options options, Path home) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(home.resolve("benchmarks/target/compare"));
        Path key = folder.resolve("server.p12");
        Path errors = folder.resolve("errors.txt");
        Files.deleteIfExists(errors);
        TestTls.create(key);
        Report report = new Report(System.out);
        report.line(Machine.describe() + ".");
        report.line(options.rounds() + " rounds of " + options.turn().toMillis() + " ms each, after "
                + options.warmUp().toMillis() + " ms to warm up. Median (least-largest).");
        if (Machine.cores() == 1) {
            report.leaveOut("a second core: client and server share the only one");
        }
        ClientTables clients = new ClientTables(options, report, key, errors);
        clients.print();
        new ServerTables(options, report, clients, home, key, errors).print();
        new ScriptTable(options, report, key, errors).print();
        new KitTable(options, report, home, errors, folder.resolve("run")).print();
        report.end();
    }
}
