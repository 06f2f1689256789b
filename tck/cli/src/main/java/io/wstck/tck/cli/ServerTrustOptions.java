package io.wstck.tck.cli;

import io.wstck.tck.autobahn.tls.ServerTrust;
import io.wstck.tck.autobahn.tls.UnusableCertificateException;
import io.wstck.tck.report.ShellWord;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for the certificates of servers under test. */
final class ServerTrustOptions {
    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "For wss: trust only the certificates in this PEM file.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--insecure", description = "For wss: accept every certificate of a server.")
    private boolean insecure;

    /** Whether one of the options is given. */
    boolean isGiven() {
        return insecure || file.isPresent();
    }

    /** The same options for a command line, each with a blank before it. */
    String commandLine() {
        return file.map(path -> " --trust " + ShellWord.quote(path.toString())).orElse("")
                + (insecure ? " --insecure" : "");
    }

    /** The certificates to trust. */
    ServerTrust trust(CliEnvironment environment) throws CommandFailure {
        if (insecure && file.isPresent()) {
            throw CommandFailure.usage(
                    "--insecure: cannot be used together with --trust: every certificate is accepted");
        }
        if (insecure) {
            return ServerTrust.ofAnyCertificate();
        }
        if (file.isEmpty()) {
            return ServerTrust.ofSystem();
        }
        try {
            return ServerTrust.of(environment.resolve(file.get()));
        } catch (UnusableCertificateException unusable) {
            throw CommandFailure.usage("--trust: " + unusable.getMessage());
        }
    }
}
