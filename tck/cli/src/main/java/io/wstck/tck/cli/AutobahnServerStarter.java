package io.wstck.tck.cli;

import io.wstck.server.PortInUseException;
import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.serve.AutobahnServer;
import io.wstck.tck.autobahn.serve.AutobahnSettings;
import io.wstck.tck.autobahn.serve.LoopbackAddresses;
import io.wstck.tck.autobahn.spec.AutobahnPatterns;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.autobahn.spec.SpecException;
import io.wstck.tck.autobahn.spec.SpecFile;
import io.wstck.tck.autobahn.spec.WebSocketScheme;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.run.Platform;
import io.wstck.tck.run.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts Autobahn servers according to options. Reports each problem in one sentence. */
final class AutobahnServerStarter {
    /** The default port of the drivers of the Autobahn Testsuite. */
    static final int DEFAULT_PORT = 9001;

    /** The release of the Autobahn Testsuite that has the same cases. */
    static final String RELEASE = "25.10.1";

    /** The beginning of the edition that the events of every Autobahn run name. */
    static final String ANY_EDITION = "the cases of Autobahn Testsuite ";

    private static final String EDITION = ANY_EDITION + RELEASE;

    private final CliEnvironment environment;

    AutobahnServerStarter(CliEnvironment environment) {
        this.environment = environment;
    }

    /** Reads a fuzzingserver.json, if one is named, and prints a note of the keys that have no effect. */
    SpecFile read(Optional<Path> file) throws CommandFailure {
        if (file.isEmpty()) {
            return SpecFile.NONE;
        }
        try {
            SpecFile spec = SpecFile.read(environment.resolve(file.get()));
            requireNoTls(file.get(), spec);
            List<String> unused = unused(spec);
            if (!unused.isEmpty()) {
                note("not used in " + file.get() + ": " + String.join(", ", unused));
            }
            return spec;
        } catch (SpecException wrong) {
            throw CommandFailure.usage("--spec: " + wrong.getMessage());
        }
    }

    private static void requireNoTls(Path file, SpecFile spec) throws CommandFailure {
        if (spec.url().filter(url -> url.scheme() == WebSocketScheme.WSS).isPresent()) {
            throw CommandFailure.usage("--spec: " + file + ": url: expected ws://, got wss://: this server does not"
                    + " support TLS; use wstest instead");
        }
    }

    /** The keys of the file that this command does not use. */
    private static List<String> unused(SpecFile spec) {
        List<String> names = new ArrayList<>(spec.options());
        spec.key().ifPresent(_ -> names.add("key"));
        spec.cert().ifPresent(_ -> names.add("cert"));
        spec.webPort().ifPresent(_ -> names.add("webport"));
        names.addAll(spec.unknown());
        return names;
    }

    /** The cases that {@code spec} selects. Prints a note of each exclusion that matches no case. */
    AutobahnPlan plan(Optional<Path> file, SpecFile spec) throws CommandFailure {
        AutobahnCorpus corpus = AutobahnCorpus.standard();
        AutobahnPlan plan = selected(corpus, spec.patterns(), spec.excluded());
        file.ifPresent(name -> noteUnmatchedExclusions(name, corpus, spec.patterns(), spec.excluded()));
        return plan;
    }

    /** The cases of {@code corpus} that the options select. An exclusion that matches no case is an error. */
    AutobahnPlan plan(AutobahnCorpus corpus, AutobahnPatterns options) throws CommandFailure {
        AutobahnPlan plan = selected(corpus, options, List.of());
        requireCases(options.unmatchedExclusions(corpus));
        return plan;
    }

    /** Refuses patterns of {@code --exclude} that match no case. */
    static void requireCases(List<String> unmatched) throws CommandFailure {
        if (!unmatched.isEmpty()) {
            throw CommandFailure.usage("--exclude: expected a pattern of case ids, like 1.1.1, 6.* or *, got \""
                    + unmatched.getFirst() + "\", which no case matches");
        }
    }

    private static AutobahnPlan selected(
            AutobahnCorpus corpus, AutobahnPatterns patterns, List<AutobahnPlan.AgentExclusion> excluded)
            throws CommandFailure {
        try {
            return new AutobahnPlan(patterns.of(corpus), excluded);
        } catch (SpecException wrong) {
            throw CommandFailure.usage("cases: " + wrong.getMessage());
        }
    }

    /**
     * The cases of {@code corpus} that a spec file selects. Prints a note of each pattern that matches no case and
     * fails only if no case is left, as the Autobahn Testsuite does.
     */
    AutobahnPlan plan(
            Path file, AutobahnCorpus corpus, AutobahnPatterns selected, List<AutobahnPlan.AgentExclusion> excluded)
            throws CommandFailure {
        try {
            AutobahnPatterns patterns = selected;
            List<String> unmatched = patterns.unmatched(corpus);
            if (!unmatched.isEmpty() && unmatched.size() < patterns.select().size()) {
                note(file + ": cases: no case matches " + String.join(", ", unmatched));
                patterns = patterns.without(unmatched);
            }
            noteUnmatchedExclusions(file, corpus, selected, excluded);
            return new AutobahnPlan(patterns.of(corpus), excluded);
        } catch (SpecException wrong) {
            throw CommandFailure.usage("--spec: " + file + ": cases: " + wrong.getMessage());
        }
    }

    private void noteUnmatchedExclusions(
            Path file, AutobahnCorpus corpus, AutobahnPatterns patterns, List<AutobahnPlan.AgentExclusion> excluded) {
        noteUnmatched(file + ": exclude-cases", patterns.unmatchedExclusions(corpus));
        excluded.forEach(
                agent -> noteUnmatched(file + ": exclude-agent-cases." + agent.agent(), agent.unmatched(corpus)));
    }

    private void noteUnmatched(String where, List<String> unmatched) {
        if (!unmatched.isEmpty()) {
            note(where + ": no case matches " + String.join(", ", unmatched));
        }
    }

    /** A folder for reports of clients, without known deviations. This method does not create it. */
    AutobahnReportFolder outDir(Path path) {
        return outDir(path, EndpointRole.CLIENT, KnownDeviations.NONE);
    }

    /** A folder for reports of those who have this role. This method does not create it. */
    AutobahnReportFolder outDir(Path path, EndpointRole peer, KnownDeviations known) {
        return new AutobahnReportFolder(
                environment.resolve(path),
                new AutobahnReportFolder.ReportHeader(Version.current(), EDITION, Platform.phrase()),
                peer,
                known);
    }

    /**
     * Creates a folder for reports.
     *
     * @param source the option or key that names the folder
     */
    static void create(AutobahnReportFolder outDir, String source) throws CommandFailure {
        try {
            outDir.create();
        } catch (IOException e) {
            throw CommandFailure.usage(source + ": " + e.getMessage());
        }
    }

    AutobahnSettings setup(
            AutobahnPlan plan, Strictness strictness, AutobahnReportFolder outDir, List<String> protocols) {
        return new AutobahnSettings(plan, strictness, outDir, protocols, "wstck/" + Version.current());
    }

    /**
     * Starts a server on {@code bind}, or on every loopback address if it is empty.
     *
     * @param port 0 to 65535
     */
    AutobahnServer start(AutobahnSettings setup, Optional<String> bind, int port) throws CommandFailure {
        try {
            List<InetAddress> addresses =
                    bind.isEmpty() ? LoopbackAddresses.addresses() : List.of(InetAddress.getAllByName(bind.get()));
            return AutobahnServer.start(setup, addresses, port, Optional.empty(), this::note);
        } catch (PortInUseException e) {
            throw CommandFailure.usage(e.getMessage());
        } catch (UnknownHostException e) {
            throw CommandFailure.usage("--bind: expected an address of this machine, got " + bind.orElseThrow());
        } catch (IOException e) {
            throw CommandFailure.usage("cannot listen on " + bind.orElse("the loopback addresses") + " port " + port
                    + ": " + e.getMessage());
        }
    }

    /** Prints a sentence on standard error. */
    void note(String sentence) {
        environment.err().println("wstck: " + EscapedText.line(sentence));
        environment.err().flush();
    }
}
