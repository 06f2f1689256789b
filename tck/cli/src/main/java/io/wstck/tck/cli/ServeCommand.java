package io.wstck.tck.cli;

import io.wstck.server.PortInUseException;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.server.endpoint.EndpointInfo;
import io.wstck.tck.report.ShellWord;
import io.wstck.tck.run.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code serve}: runs the reference server until Ctrl-C. The exit status is then 130, as for any program that SIGINT
 * ends.
 */
@Command(
        name = "serve",
        header = "Start the reference server and list its endpoints.",
        description = "The command lua connects to it by hand. Ctrl-C closes it.",
        exitCodeList = {
            "2:the command line is wrong; nothing was run",
            "3:the server failed",
            "130:interrupted with Ctrl-C"
        })
final class ServeCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int DEFAULT_PORT = 8080;

    private final CliEnvironment environment;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = NumberConverters.Port.class,
            description = "Listen on this port, 0 for any free one. Default: 8080; with --autobahn the port in the"
                    + " fuzzingserver.json, or 9001.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--tls-port",
            paramLabel = "N",
            converter = NumberConverters.Port.class,
            description = "Also serve the endpoints over TLS on this port, 0 for any free one.")
    private Optional<Integer> tlsPort = Optional.empty();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Listen on this address; 0.0.0.0 for every interface. Default: 127.0.0.1; with --autobahn ::1"
                    + " as well.")
    private Optional<String> bind = Optional.empty();

    @Mixin
    private AutobahnOptions autobahn;

    ServeCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (autobahn.enabled()) {
            if (tlsPort.isPresent()) {
                throw CommandFailure.usage("--tls-port: cannot be used together with --autobahn");
            }
            return new AutobahnServeRun(environment, autobahn, port, bind).call();
        }
        autobahn.requireUnset();
        try (ShutdownInterrupt _ = ShutdownInterrupt.forCommand()) {
            serve();
        }
        return ExitStatus.OK.code();
    }

    private void serve() throws CommandFailure {
        try (ReferenceServer running = start()) {
            list(running);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // Interrupted by Ctrl-C, or by a program that runs this command in a thread.
            environment.out().println("closed");
            environment.out().flush();
        }
    }

    private ReferenceServer start() throws CommandFailure {
        ServerConfig config;
        String address = bind.orElse(LOOPBACK);
        int number = port.orElse(DEFAULT_PORT);
        try {
            config = new ServerConfig(
                    address, number, tlsPort.map(OptionalInt::of).orElse(OptionalInt.empty()));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--" + e.getMessage());
        }
        try {
            return ReferenceServer.start(config);
        } catch (PortInUseException e) {
            throw CommandFailure.usage(e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw CommandFailure.usage("cannot listen on " + address + " port " + number + ": " + e.getMessage());
        }
    }

    private void list(ReferenceServer server) {
        PrintStream out = environment.out();
        out.println("wstck " + Version.current() + " serves " + server.base() + "/ until Ctrl-C");
        for (EndpointInfo endpoint : ReferenceServer.endpoints()) {
            out.println("  " + endpoint.at(server.base().getAuthority()));
            out.println("      " + endpoint.description());
        }
        out.println("connect to it by hand: " + environment.command() + " lua -e "
                + ShellWord.quote(byHand(server.base().getAuthority())));
        server.tlsBase().ifPresent(tls -> {
            out.println("the same over TLS, for clients that trust the authority of " + server.base()
                    + ReferenceServer.AUTHORITY_PATH);
            for (EndpointInfo endpoint : ReferenceServer.endpoints()) {
                out.println("  " + endpoint.atTls(tls.getAuthority()));
            }
        });
        out.flush();
    }

    /** A script that sends a message to the endpoint {@code /echo} and prints the answer. */
    private static String byHand(String authority) {
        return "local c = require(\"websocket\").connect(\"ws://" + authority
                + "/echo\") c:send(\"hello\") print(c:channel():receive().data) c:close()";
    }
}
