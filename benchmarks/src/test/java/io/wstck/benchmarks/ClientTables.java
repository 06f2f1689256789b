package io.wstck.benchmarks;

import io.wstck.benchmarks.peer.BareServer;
import io.wstck.benchmarks.peer.PeerKind;
import io.wstck.benchmarks.peer.PeerProcess;
import io.wstck.benchmarks.peer.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Clients beside each other: each in a JVM of its own, against one bare echo server in another. */
final class ClientTables {
    /** A table: a workload, and the cores of both processes. */
    private record ClientTable(Workload workload, String cores, CorePinning server, CorePinning client) {
        String title() {
            return "Clients, " + workload.title() + cores;
        }
    }

    private static final List<ClientTable> TABLES = List.of(
            new ClientTable(Workload.SMALL, "", CorePinning.NONE, CorePinning.NONE),
            new ClientTable(Workload.ROUND_TRIP, "", CorePinning.NONE, CorePinning.NONE),
            new ClientTable(Workload.ROUND_TRIP, ", a core each", CorePinning.FIRST, CorePinning.SECOND),
            new ClientTable(Workload.ROUND_TRIP, ", both on one core", CorePinning.FIRST, CorePinning.FIRST),
            new ClientTable(Workload.LARGE, "", CorePinning.NONE, CorePinning.NONE),
            new ClientTable(Workload.TLS_SMALL, "", CorePinning.NONE, CorePinning.NONE),
            new ClientTable(Workload.TLS_LARGE, "", CorePinning.NONE, CorePinning.NONE),
            new ClientTable(Workload.DEFLATE, "", CorePinning.NONE, CorePinning.NONE));

    private final Options options;
    private final Report report;
    private final Path key;
    private final Path errors;

    /** @param key the file with the server's key; {@code errors}: what the processes say on their standard error */
    ClientTables(Options options, Report report, Path key, Path errors) {
        this.options = options;
        this.report = report;
        this.key = key;
        this.errors = errors;
    }

    void print() throws IOException {
        for (ClientTable table : TABLES) {
            if (!options.includes(table.title())) {
                continue;
            }
            if (table.server() != CorePinning.NONE && !Machine.canPin()) {
                report.leaveOut(table.title() + ": needs two cores and taskset");
                continue;
            }
            print(table);
        }
    }

    private void print(ClientTable table) throws IOException {
        List<String> serverArguments = List.of(key.toString(), "platform");
        try (ChildProcess server = ChildProcess.java(table.server(), BareServer.class, serverArguments, errors);
                Contest contest = new Contest(options, report, table.title())) {
            String[] ports = server.readLine().split(" ", -1);
            String url = table.workload().layer() == Workload.Layer.TLS
                    ? "wss://127.0.0.1:" + ports[1] + "/"
                    : "ws://127.0.0.1:" + ports[0] + "/";
            for (PeerKind kind : PeerKind.values()) {
                if (kind == PeerKind.RAW || options.includesClient(kind.option())) {
                    contest.add(kind.title(), () -> client(kind.title(), kind, table.workload(), url, table.client()));
                }
            }
            if (options.baseline().isPresent()) {
                contest.add("baseline", () -> baseline(table.workload(), url, table.client()));
            }
            contest.play("client");
        }
    }

    /** Starts the bundled client with other classes. */
    private Contestant baseline(Workload workload, String url, CorePinning pinning)
            throws IOException, Contestant.AbsentException {
        String classPath =
                options.baseline().orElseThrow() + java.io.File.pathSeparator + System.getProperty("java.class.path");
        List<String> arguments = List.of(PeerKind.BUNDLED.name(), workload.name(), url, key.toString());
        return Contestant.of(
                PeerKind.BUNDLED.title() + ", baseline",
                ChildProcess.java(pinning, classPath, PeerProcess.class, arguments, errors));
    }

    /** Starts a client and waits until it is connected. */
    Contestant client(String title, PeerKind kind, Workload workload, String url, CorePinning pinning)
            throws IOException, Contestant.AbsentException {
        List<String> arguments = List.of(kind.name(), workload.name(), url, key.toString());
        return Contestant.of(title, ChildProcess.java(pinning, PeerProcess.class, arguments, errors));
    }
}
