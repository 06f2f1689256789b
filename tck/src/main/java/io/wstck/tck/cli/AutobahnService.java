package io.wstck.tck.cli;

import io.wstck.server.PortInUseException;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.OutDir;
import io.wstck.tck.autobahn.serve.AutobahnServer;
import io.wstck.tck.autobahn.serve.Loopback;
import io.wstck.tck.autobahn.serve.Setup;
import io.wstck.tck.autobahn.spec.Plan;
import io.wstck.tck.autobahn.spec.SpecException;
import io.wstck.tck.autobahn.spec.SpecFile;
import io.wstck.tck.report.Printable;
import io.wstck.tck.run.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts Autobahn servers as options say, and says in one sentence why it cannot. */
final class AutobahnService {
    /** What a driver of the original connects to unless told otherwise. */
    static final int DEFAULT_PORT = 9001;

    private static final String EDITION = "the cases of Autobahn Testsuite 25.10.1";

    private final Surroundings surroundings;

    AutobahnService(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Reads a fuzzingserver.json, if one is named; what it says and nobody uses is told. */
    SpecFile read(Optional<Path> file) throws CommandFailure {
        if (file.isEmpty()) {
            return SpecFile.NONE;
        }
        try {
            SpecFile spec = SpecFile.read(surroundings.resolve(file.get()));
            if (!spec.unused().isEmpty()) {
                note("not used of " + file.get() + ": " + String.join(", ", spec.unused()));
            }
            return spec;
        } catch (SpecException wrong) {
            throw CommandFailure.usage("--spec: " + wrong.getMessage());
        }
    }

    /** The cases that {@code spec} selects. */
    Plan plan(SpecFile spec) throws CommandFailure {
        try {
            return new Plan(spec.patterns().of(AutobahnCorpus.standard()), spec.excluded());
        } catch (SpecException wrong) {
            throw CommandFailure.usage("cases: " + wrong.getMessage());
        }
    }

    /** A folder for reports, which is not made yet. */
    OutDir outDir(Path path) {
        return new OutDir(surroundings.resolve(path), new OutDir.Head(Version.current(), EDITION, Platform.phrase()));
    }

    /** Makes a folder for reports. */
    static void create(OutDir outDir) throws CommandFailure {
        try {
            outDir.create();
        } catch (IOException e) {
            throw CommandFailure.usage("--outdir: " + e.getMessage());
        }
    }

    Setup setup(Plan plan, Strictness strictness, OutDir outDir, List<String> protocols) {
        return new Setup(plan, strictness, outDir, protocols, "wstck/" + Version.current());
    }

    /** Starts a server: on {@code bind}, or on every loopback address. */
    AutobahnServer start(Setup setup, Optional<String> bind, int port) throws CommandFailure {
        if (port < 0 || port > 65_535) {
            throw CommandFailure.usage("--port: expected 0 to 65535, got " + port);
        }
        try {
            List<InetAddress> addresses =
                    bind.isEmpty() ? Loopback.addresses() : List.of(InetAddress.getAllByName(bind.get()));
            return AutobahnServer.start(setup, addresses, port, this::note);
        } catch (PortInUseException e) {
            throw CommandFailure.usage(e.getMessage());
        } catch (UnknownHostException e) {
            throw CommandFailure.usage("--bind: expected an address of this machine, got " + bind.orElseThrow());
        } catch (IOException e) {
            throw CommandFailure.usage("cannot listen on " + bind.orElse("the loopback addresses") + " port " + port
                    + ": " + e.getMessage());
        }
    }

    /** A sentence on standard error. */
    void note(String sentence) {
        surroundings.err().println("wstck: " + Printable.line(sentence));
        surroundings.err().flush();
    }
}
