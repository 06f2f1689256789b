package io.wstck.benchmarks;

import io.wstck.benchmarks.peer.BareServer;
import io.wstck.benchmarks.peer.PeerKind;
import io.wstck.benchmarks.peer.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Echo servers beside each other, each in a process of its own, driven by the raw client with one write a frame. */
final class ServerTables {
    private static final String UNDERTOW = "io.wstck.benchmarks.peer.UndertowServer";
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    private final Options options;
    private final Report report;
    private final ClientTables clients;
    private final Path home;
    private final Path key;
    private final Path errors;

    /** @param home the folder of the project, which has the launcher of the kit */
    ServerTables(Options options, Report report, ClientTables clients, Path home, Path key, Path errors) {
        this.options = options;
        this.report = report;
        this.clients = clients;
        this.home = home;
        this.key = key;
        this.errors = errors;
    }

    void print() throws IOException {
        for (Workload workload : List.of(Workload.SMALL, Workload.ROUND_TRIP)) {
            String title = "Servers, " + workload.title() + ", from a raw client";
            if (options.includes(title)) {
                print(title, workload);
            }
        }
    }

    private void print(String title, Workload workload) throws IOException {
        List<ChildProcess> servers = new ArrayList<>();
        try (Contest contest = new Contest(options, report, title)) {
            contest.add("bare echo", () -> {
                List<String> arguments = List.of(key.toString(), "platform");
                ChildProcess server = ChildProcess.java(CorePinning.NONE, BareServer.class, arguments, errors);
                servers.add(server);
                return client("bare echo", workload, server.readLine().split(" ", -1)[0], "/");
            });
            contest.add("wstck serve", () -> {
                ChildProcess server = ChildProcess.start(KitLauncher.command(home, "serve", "--port", "0"), errors);
                servers.add(server);
                return client("wstck serve, /echo", workload, port(server), "/echo");
            });
            contest.add("Undertow", () -> {
                ChildProcess server = undertow();
                servers.add(server);
                return client("Undertow", workload, server.readLine(), "/");
            });
            contest.play("server");
        } finally {
            servers.forEach(ChildProcess::close);
        }
    }

    private ChildProcess undertow() throws IOException, Contestant.AbsentException {
        try {
            return ChildProcess.java(CorePinning.NONE, Class.forName(UNDERTOW), List.of(), errors);
        } catch (ClassNotFoundException e) {
            throw new Contestant.AbsentException("Undertow: its library is not in this build");
        }
    }

    private Contestant client(String title, Workload workload, String port, String path)
            throws IOException, Contestant.AbsentException {
        return clients.client(title, PeerKind.RAW, workload, "ws://127.0.0.1:" + port + path, CorePinning.NONE);
    }

    /** Finds the port in what the kit prints. */
    private static String port(ChildProcess server) throws IOException {
        while (true) {
            Matcher matcher = PORT.matcher(server.readLine());
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
    }
}
