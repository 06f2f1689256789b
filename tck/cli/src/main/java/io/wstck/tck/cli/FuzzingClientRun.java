package io.wstck.tck.cli;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.autobahn.servers.FuzzingSettings;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.autobahn.spec.ClientSpecFile;
import io.wstck.tck.autobahn.spec.DefaultSpec;
import io.wstck.tck.autobahn.spec.ServerUrl;
import io.wstck.tck.autobahn.spec.TestedServer;
import io.wstck.tck.autobahn.tls.ServerTrust;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.run.Version;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code wstest -m fuzzingclient}: plays the cases against servers, writes the reports, and ends. For one call. */
final class FuzzingClientRun {
    private static final Path OUT_DIR = Path.of("reports", "servers");

    /** The failed cases that a line of the summary names. */
    private static final int NAMED_CASES = 5;

    private final CliEnvironment environment;
    private final Options options;
    private final AutobahnServerStarter starter;

    /**
     * The options of the command line.
     *
     * @param url the server to judge in place of those of an implicit spec
     * @param unused the names of given options that have no effect
     */
    record Options(
            Optional<Path> spec, Optional<String> url, ServerTrust trust, ServerWait serverWait, List<String> unused) {
        Options {
            unused = List.copyOf(unused);
        }
    }

    FuzzingClientRun(CliEnvironment environment, Options options) {
        this.environment = environment;
        this.options = options;
        this.starter = new AutobahnServerStarter(environment);
    }

    /**
     * Plays, and returns the exit status. It is 0 also when cases failed, as with the Autobahn Testsuite, but not when
     * no server could be judged.
     */
    int call() throws CommandFailure {
        Optional<TestedServer> named = named();
        WstestSpec.LoadedSpec<ClientSpecFile> loaded = new WstestSpec(
                        environment, options.spec(), DefaultSpec.CLIENT_FILE, DefaultSpec.CLIENT)
                .load(ClientSpecFile::read);
        List<TestedServer> servers = servers(loaded, named);
        AutobahnPlan plan = starter.plan(
                loaded.file(),
                AutobahnCorpus.of(EndpointRole.SERVER),
                loaded.spec().patterns(),
                loaded.spec().excluded());
        AutobahnReportFolder outDir =
                starter.outDir(loaded.spec().outDir().orElse(OUT_DIR), EndpointRole.SERVER, KnownDeviations.NONE);
        noteUnused(loaded, servers, named);
        AutobahnServerStarter.create(outDir, "outdir");
        printPlan(plan, servers);
        options.serverWait().await(servers, this::print);
        ServerFuzzing fuzzing = new ServerFuzzing(this::print);
        Map<String, List<CaseSummary>> results = fuzzing.play(
                new FuzzingSettings(plan, Strictness.ORIGINAL, outDir, options.trust(), FuzzingSettings.JOBS), servers);
        fuzzing.passedOver().forEach(starter::note);
        if (results.isEmpty()) {
            throw CommandFailure.notJudged("no server could be judged");
        }
        results.forEach((agent, played) -> print(summary(agent, played)));
        print("Reports: " + outDir.path().resolve("index.html"));
        return ExitStatus.OK.code();
    }

    private Optional<TestedServer> named() throws CommandFailure {
        return options.url().isEmpty()
                ? Optional.empty()
                : Optional.of(TestedServer.at(url("--wsuri", options.url().get())));
    }

    /**
     * The URL in an option.
     *
     * @throws CommandFailure if it is no URL of a WebSocket server
     */
    static ServerUrl url(String option, String text) throws CommandFailure {
        return ServerUrl.parse(text)
                .orElseThrow(
                        () -> CommandFailure.usage(option + ": expected a ws:// or wss:// URL, got \"" + text + '"'));
    }

    /** The servers of the spec. The one of the command line goes before those of a spec that the user did not name. */
    private List<TestedServer> servers(WstestSpec.LoadedSpec<ClientSpecFile> loaded, Optional<TestedServer> named)
            throws CommandFailure {
        List<TestedServer> listed = loaded.spec().servers();
        if (named.isPresent() && (options.spec().isEmpty() || listed.isEmpty())) {
            return List.of(named.get());
        }
        if (listed.isEmpty()) {
            throw CommandFailure.usage(
                    "--spec: " + loaded.file()
                            + ": servers: expected at least one, like {\"url\": \"ws://127.0.0.1:9001\"}, or --wsuri, found none");
        }
        return listed;
    }

    private void noteUnused(
            WstestSpec.LoadedSpec<ClientSpecFile> loaded, List<TestedServer> servers, Optional<TestedServer> named) {
        List<String> unused = new ArrayList<>(loaded.spec().options());
        unused.addAll(loaded.spec().unknown());
        if (!unused.isEmpty()) {
            starter.note("not used in " + loaded.file() + ": " + String.join(", ", unused));
        }
        List<String> ignored = new ArrayList<>(options.unused());
        if (named.isPresent() && !servers.equals(List.of(named.get()))) {
            ignored.add("--wsuri, because " + loaded.file() + " has servers");
        }
        if (!ignored.isEmpty()) {
            starter.note("not used: " + String.join(", ", ignored));
        }
    }

    private void printPlan(AutobahnPlan plan, List<TestedServer> servers) {
        PrintStream out = environment.out();
        out.println();
        out.println("Autobahn WebSocket " + AutobahnServerStarter.RELEASE + "/wstck " + Version.current()
                + " Fuzzing Client");
        out.println("Ok, will run " + plan.cases().size() + " test cases against " + servers.size() + " servers");
        out.println("Cases = "
                + plan.cases().stream().map(one -> "'" + one.id() + "'").collect(Collectors.joining(", ", "[", "]")));
        print("Servers = "
                + servers.stream().map(one -> "'" + one.url() + "'").collect(Collectors.joining(", ", "[", "]")));
    }

    private void print(String line) {
        synchronized (this) {
            environment.out().println(EscapedText.line(line));
            environment.out().flush();
        }
    }

    private static String summary(String agent, List<CaseSummary> played) {
        List<String> failed = played.stream()
                .filter(one -> !one.result().passed())
                .map(one -> one.id().toString())
                .toList();
        String names = failed.isEmpty()
                ? ""
                : failed.stream().limit(NAMED_CASES).collect(Collectors.joining(", ", ", not ", ""))
                        + (failed.size() > NAMED_CASES ? " and so on" : "");
        return "Agent " + agent + " passed " + (played.size() - failed.size()) + " of " + played.size() + " cases"
                + names;
    }
}
