package io.wstck.tck.cli;

import io.wstck.server.PortInUseException;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.server.endpoint.EndpointInfo;
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
 * {@code serve}: the reference server by itself, until Ctrl-C. The server is closed then, and the status is the one that
 * a shell expects of a program ended by SIGINT, 130.
 */
@Command(
        name = "serve",
        header = "Start the reference server by itself, and list its endpoints. Ctrl-C closes it (status 130).")
final class ServeCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int DEFAULT_PORT = 8080;

    private final Surroundings surroundings;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Listen on this port, 0 for any free one. Default: 8080; with --autobahn the one that the"
                    + " fuzzingserver.json names, or 9001.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--tls-port",
            paramLabel = "N",
            description = "Serve the endpoints over TLS too, on this port, 0 for any free one.")
    private Optional<Integer> tlsPort = Optional.empty();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Listen on this address; 0.0.0.0 for every interface. Default: 127.0.0.1; with --autobahn ::1"
                    + " as well.")
    private Optional<String> bind = Optional.empty();

    @Mixin
    private AutobahnOptions autobahn;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (autobahn.asked()) {
            if (tlsPort.isPresent()) {
                throw CommandFailure.usage("--tls-port: with --autobahn there is no TLS");
            }
            return new AutobahnServing(surroundings, autobahn, port, bind).call();
        }
        autobahn.requireNone();
        try (Interruption _ = Interruption.ofThisThread()) {
            serve();
        }
        return ExitStatus.OK.code();
    }

    private void serve() throws CommandFailure {
        try (ReferenceServer running = start()) {
            list(running);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // The one way out: Ctrl-C, or whoever runs this command in a thread.
            surroundings.out().println("closed");
            surroundings.out().flush();
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
        PrintStream out = surroundings.out();
        out.println("wstck " + Version.current() + " serves " + server.base() + "/ until Ctrl-C");
        for (EndpointInfo endpoint : ReferenceServer.endpoints()) {
            out.println("  " + endpoint.at(server.base().getAuthority()));
            out.println("      " + endpoint.description());
        }
        server.tlsBase().ifPresent(tls -> {
            out.println("the same over TLS, for clients that trust the authority of " + server.base()
                    + ReferenceServer.AUTHORITY_PATH);
            for (EndpointInfo endpoint : ReferenceServer.endpoints()) {
                out.println("  " + endpoint.atTls(tls.getAuthority()));
            }
        });
        out.flush();
    }
}
