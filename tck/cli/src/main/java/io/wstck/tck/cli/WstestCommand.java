package io.wstck.tck.cli;

import io.wstck.tck.run.Version;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code wstest}: accepts the command line of the Autobahn Testsuite's wstest. The two modes that test are
 * implemented.
 */
@Command(
        name = "wstest",
        header = "Drop-in for the wstest of the Autobahn Testsuite.",
        exitCodeList = {
            "0:the command has ended, whatever the results, as in the original",
            "2:the command line is wrong; nothing was run",
            "3:the kit could not judge"
        })
final class WstestCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Option(
            names = {"-m", "--mode"},
            paramLabel = "MODE",
            description = "fuzzingserver tests clients, fuzzingclient tests servers.")
    private Optional<String> mode = Optional.empty();

    @Option(
            names = {"-s", "--spec"},
            paramLabel = "FILE",
            description = "Cases, URLs and report folder. Default: MODE.json, which is created if it is missing.")
    private Optional<Path> spec = Optional.empty();

    @Option(
            names = {"-u", "--webport"},
            paramLabel = "N",
            converter = NumberConverters.Port.class,
            description = "Port of the reports, 0 for none. Default: 8080.")
    private Optional<Integer> webPort = Optional.empty();

    @Option(
            names = {"-k", "--key"},
            paramLabel = "FILE",
            description = "For wss: the private key of the server, a PEM file.")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = {"-c", "--cert"},
            paramLabel = "FILE",
            description = "For wss: the certificate of the server, a PEM file.")
    private Optional<Path> cert = Optional.empty();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "${env:WSTCK_BIND}",
            description =
                    "Listen on this address. Default: WSTCK_BIND, or 127.0.0.1 and ::1. The original listens on 0.0.0.0.")
    private Optional<String> bind = Optional.empty();

    @Option(
            names = {"-a", "--autobahnversion"},
            description = "Print the versions of the kit and of the original.")
    private boolean versions;

    @Option(
            names = {"-d", "--debug"},
            description = "Accepted, but not used.")
    private boolean debug;

    @Option(
            names = {"-w", "--wsuri"},
            paramLabel = "URL",
            description = "For fuzzingclient without -s: the server to test.")
    private Optional<String> uri = Optional.empty();

    @Option(
            names = {"-o", "--outfile"},
            paramLabel = "FILE",
            description = "Accepted, but not used.")
    private Optional<String> outFile = Optional.empty();

    @Option(
            names = {"-i", "--ident"},
            paramLabel = "NAME",
            description = "Accepted, but not used.")
    private Optional<String> ident = Optional.empty();

    @Option(
            names = {"-t", "--testset"},
            paramLabel = "NAME",
            description = "Accepted, but not used.")
    private Optional<String> testSet = Optional.empty();

    @Mixin
    private final ServerTrustOptions trust = new ServerTrustOptions();

    @Mixin
    private final ServerWait wait = new ServerWait();

    WstestCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (versions) {
            PrintStream out = environment.out();
            out.println("wstck " + Version.current());
            out.println("AutobahnTestsuite " + AutobahnServerStarter.RELEASE);
            return ExitStatus.OK.code();
        }
        if (mode.isEmpty()) {
            throw CommandFailure.usage("--mode: expected fuzzingserver or fuzzingclient, got no mode");
        }
        return run(mode.get());
    }

    /** Runs a mode that tests. Refuses the other modes of the original. */
    private int run(String name) throws CommandFailure {
        return switch (name) {
            case "fuzzingserver" -> new FuzzingServerRun(environment, serverOptions()).call();
            case "fuzzingclient" -> new FuzzingClientRun(environment, clientOptions()).call();
            case "echoserver", "broadcastserver" -> throw unsupported(name, "is an example server");
            case "echoclient", "broadcastclient" -> throw unsupported(name, "is an example client");
            case "testeeserver" -> throw unsupported(name, "tests the original's own server");
            case "testeeclient" -> throw unsupported(name, "tests the original's own client");
            case "massconnect" -> throw unsupported(name, "opens many connections to a server");
            case "serializer" -> throw unsupported(name, "belongs to another protocol, WAMP");
            default ->
                throw CommandFailure.usage("--mode: expected one of fuzzingserver, fuzzingclient, echoserver,"
                        + " echoclient, broadcastserver, broadcastclient, testeeserver, testeeclient, massconnect,"
                        + " serializer, got \"" + name + '"');
        };
    }

    private static CommandFailure unsupported(String name, String purpose) {
        return CommandFailure.usage("--mode: expected fuzzingserver or fuzzingclient, got " + name + ", which "
                + purpose + ": not supported");
    }

    private FuzzingServerRun.Options serverOptions() throws CommandFailure {
        return new FuzzingServerRun.Options(
                spec, webPort, key, cert, bind.filter(address -> !address.isEmpty()), unusedByServer());
    }

    private FuzzingClientRun.Options clientOptions() throws CommandFailure {
        List<String> names = unused();
        webPort.ifPresent(_ -> names.add("--webport"));
        key.ifPresent(_ -> names.add("--key"));
        cert.ifPresent(_ -> names.add("--cert"));
        return new FuzzingClientRun.Options(spec, uri, trust.trust(environment), wait, names);
    }

    private List<String> unusedByServer() {
        List<String> names = unused();
        uri.ifPresent(_ -> names.add("--wsuri"));
        if (trust.isGiven()) {
            names.add("--trust and --insecure");
        }
        wait.limit().ifPresent(_ -> names.add("--wait"));
        return names;
    }

    private List<String> unused() {
        List<String> names = new ArrayList<>();
        if (debug) {
            names.add("--debug");
        }
        outFile.ifPresent(_ -> names.add("--outfile"));
        ident.ifPresent(_ -> names.add("--ident"));
        testSet.ifPresent(_ -> names.add("--testset"));
        return names;
    }
}
