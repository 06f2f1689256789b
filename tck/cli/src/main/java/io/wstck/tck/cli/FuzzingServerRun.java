package io.wstck.tck.cli;

import io.wstck.server.PortInUseException;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.serve.AutobahnServer;
import io.wstck.tck.autobahn.serve.AutobahnSettings;
import io.wstck.tck.autobahn.serve.LoopbackAddresses;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.autobahn.spec.DefaultSpec;
import io.wstck.tck.autobahn.spec.SpecFile;
import io.wstck.tck.autobahn.spec.WebSocketScheme;
import io.wstck.tck.autobahn.tls.ServerIdentity;
import io.wstck.tck.autobahn.tls.UnusableCertificateException;
import io.wstck.tck.run.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * {@code wstest -m fuzzingserver}: serves until Ctrl-C, a termination signal, or a driver that stops the server. For
 * one call.
 */
final class FuzzingServerRun {
    private static final Path OUT_DIR = Path.of("reports", "clients");

    private final CliEnvironment environment;
    private final Options options;
    private final AutobahnServerStarter starter;

    /**
     * The options of the command line.
     *
     * @param webPort 0 to 65535
     * @param bind the address to listen on; empty for loopback
     * @param unused the names of given options that have no effect
     */
    record Options(
            Optional<Path> spec,
            Optional<Integer> webPort,
            Optional<Path> key,
            Optional<Path> cert,
            Optional<String> bind,
            List<String> unused) {
        Options {
            unused = List.copyOf(unused);
        }
    }

    FuzzingServerRun(CliEnvironment environment, Options options) {
        this.environment = environment;
        this.options = options;
        this.starter = new AutobahnServerStarter(environment);
    }

    /** Serves and returns the exit status. It is 0 also after a termination signal, as with the Autobahn Testsuite. */
    int call() throws CommandFailure {
        return ShutdownInterrupt.forServer().serve(environment, this::serve);
    }

    private void serve() throws CommandFailure, InterruptedException {
        WstestSpec.LoadedSpec<SpecFile> loaded = new WstestSpec(
                        environment, options.spec(), DefaultSpec.SERVER_FILE, DefaultSpec.SERVER)
                .load(SpecFile::read);
        SpecFile.ListenUrl url = loaded.spec()
                .url()
                .orElseThrow(() -> CommandFailure.usage("--spec: " + loaded.file()
                        + ": expected the key url, like \"ws://127.0.0.1:9001\", found none"));
        AutobahnPlan plan = starter.plan(
                loaded.file(),
                AutobahnCorpus.standard(),
                loaded.spec().patterns(),
                loaded.spec().excluded());
        Optional<SSLContext> tls = tls(loaded, url);
        List<InetAddress> addresses = addresses();
        Path givenPath = loaded.spec().outDir().orElse(OUT_DIR);
        AutobahnReportFolder outDir = starter.outDir(givenPath);
        noteUnused(loaded);
        AutobahnSettings setup =
                starter.setup(plan, Strictness.ORIGINAL, outDir, loaded.spec().protocols());
        try (AutobahnServer server = start(setup, addresses, loaded.file(), url, tls)) {
            AutobahnServerStarter.create(outDir, "outdir");
            try (OptionalReportServer pages =
                    OptionalReportServer.start(starter, webPort(loaded.spec()), addresses, outDir, givenPath)) {
                printAddresses(server, pages, plan, outDir, addresses);
                server.awaitStopped();
            }
        }
    }

    private Optional<SSLContext> tls(WstestSpec.LoadedSpec<SpecFile> loaded, SpecFile.ListenUrl url)
            throws CommandFailure {
        if (url.scheme() == WebSocketScheme.WS) {
            return Optional.empty();
        }
        Path cert = required(loaded, "cert", options.cert().or(loaded.spec()::cert));
        Path key = required(loaded, "key", options.key().or(loaded.spec()::key));
        try {
            return Optional.of(ServerIdentity.read(environment.resolve(cert), environment.resolve(key))
                    .context());
        } catch (UnusableCertificateException unusable) {
            throw CommandFailure.usage("--spec: " + loaded.file() + ": " + unusable.getMessage());
        } catch (GeneralSecurityException | IOException impossible) {
            throw CommandFailure.usage("the certificate in " + cert + " cannot be used: " + impossible.getMessage());
        }
    }

    private static Path required(WstestSpec.LoadedSpec<SpecFile> loaded, String name, Optional<Path> file)
            throws CommandFailure {
        return file.orElseThrow(() -> CommandFailure.usage("--spec: " + loaded.file()
                + ": url: expected the keys cert and key, two PEM files, for wss://, found no " + name));
    }

    private List<InetAddress> addresses() throws CommandFailure {
        try {
            return options.bind().isEmpty()
                    ? LoopbackAddresses.addresses()
                    : List.of(InetAddress.getByName(options.bind().get()));
        } catch (UnknownHostException unknown) {
            throw CommandFailure.usage("--bind, or WSTCK_BIND: expected an address of this machine, got "
                    + options.bind().orElseThrow());
        } catch (IOException failure) {
            throw CommandFailure.notJudged("expected loopback addresses on this machine: " + failure.getMessage());
        }
    }

    private AutobahnServer start(
            AutobahnSettings setup,
            List<InetAddress> addresses,
            Path file,
            SpecFile.ListenUrl url,
            Optional<SSLContext> tls)
            throws CommandFailure {
        int port = url.port();
        try {
            return AutobahnServer.start(setup, addresses, port, tls, starter::note);
        } catch (PortInUseException taken) {
            throw CommandFailure.usage(
                    file + ": url: expected a free port on " + names(addresses) + ", found port " + port + " in use");
        } catch (IOException failure) {
            throw CommandFailure.usage(
                    "cannot listen on " + names(addresses) + " port " + port + ": " + failure.getMessage());
        }
    }

    private OptionalReportServer.ReportPort webPort(SpecFile spec) {
        if (options.webPort().isPresent()) {
            return new OptionalReportServer.ReportPort(options.webPort().get(), "--webport");
        }
        return spec.webPort().isPresent()
                ? new OptionalReportServer.ReportPort(spec.webPort().getAsInt(), "webport")
                : OptionalReportServer.ReportPort.DEFAULT;
    }

    private void noteUnused(WstestSpec.LoadedSpec<SpecFile> loaded) {
        List<String> unused = new ArrayList<>(loaded.spec().options());
        unused.addAll(loaded.spec().unknown());
        if (!unused.isEmpty()) {
            starter.note("not used in " + loaded.file() + ": " + String.join(", ", unused));
        }
        if (!options.unused().isEmpty()) {
            starter.note("not used: " + String.join(", ", options.unused()));
        }
    }

    /** Prints the lines that scripts wait for last, when everything is ready. */
    private void printAddresses(
            AutobahnServer server,
            OptionalReportServer pages,
            AutobahnPlan plan,
            AutobahnReportFolder outDir,
            List<InetAddress> addresses) {
        PrintStream out = environment.out();
        out.println("Listening on " + names(addresses) + ": drivers connect to " + server.url());
        out.println("Reports, when a driver calls /updateReports: " + outDir.path() + pages.addressNote());
        out.println();
        out.println("Autobahn WebSocket " + AutobahnServerStarter.RELEASE + "/wstck " + Version.current()
                + " Fuzzing Server (Port " + server.port()
                + (server.url().getScheme().equals("wss") ? " TLS" : "") + ")");
        out.println("Ok, will run " + plan.cases().size() + " test cases for any clients connecting");
        out.println("Cases = "
                + plan.cases().stream().map(one -> "'" + one.id() + "'").collect(Collectors.joining(", ", "[", "]")));
        out.flush();
    }

    private static String names(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" and "));
    }
}
