package io.wstck.tck.cli;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.drive.ProgramDriver;
import io.wstck.tck.autobahn.servers.FuzzingSettings;
import io.wstck.tck.autobahn.spec.AutobahnPatterns;
import io.wstck.tck.autobahn.spec.TestedServer;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.report.ShellWord;
import io.wstck.tck.run.RunPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autobahn-run}: plays the Autobahn cases with a client or against servers, and judges the results. */
@Command(
        name = "autobahn-run",
        header = "Play the Autobahn cases with a client or against servers.",
        exitCodeList = {
            "0:conformant, perhaps with known deviations",
            "1:not conformant, or the list of known deviations is outdated",
            "2:the command line is wrong; nothing was run",
            "3:the kit could not judge"
        })
final class AutobahnRunCommand implements Callable<Integer> {
    private static final int DEFAULT_JOBS = 32;
    private static final Duration DEFAULT_LIMIT = Duration.ofHours(1);

    /** The folder of the reports, relative to the working directory. */
    static final Path DEFAULT_FOLDER = Path.of("target", "wstck-autobahn");

    private final CliEnvironment environment;

    @Option(
            names = {"--cases", "--only"},
            paramLabel = "PATTERN,...",
            split = ",",
            hideParamSyntax = true,
            description = "Play cases by number, like 1.1.1, 6.* or *. Repeatable. 14.*, not part of *, are more cases"
                    + " for servers.")
    private List<String> cases = new ArrayList<>();

    @Option(
            names = {"--exclude", "--skip"},
            paramLabel = "PATTERN,...",
            split = ",",
            hideParamSyntax = true,
            description = "Leave out cases, as for --cases. Repeatable.")
    private List<String> exclude = new ArrayList<>();

    @Option(names = "--strict", description = "Require the right close code, and the parameters that an offer demands.")
    private boolean strict;

    @Option(
            names = "--outdir",
            paramLabel = "DIR",
            description = "Write the reports into this folder. Default: target/wstck-autobahn.")
    private Optional<Path> outDir = Optional.empty();

    @Option(
            names = "--driver",
            paramLabel = "CMD",
            description = "Judge the client of this program. The URL of the server is its last argument and "
                    + ProgramDriver.URL_VARIABLE + ".")
    private Optional<String> driver = Optional.empty();

    @Option(names = "--server", paramLabel = "URL", description = "Judge this server, which echoes. Repeatable.")
    private List<String> servers = new ArrayList<>();

    @Mixin
    private final ServerTrustOptions trust = new ServerTrustOptions();

    @Mixin
    private final ServerWait wait = new ServerWait();

    @Mixin
    private final KnownOption known = new KnownOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = NumberConverters.Port.class,
            description = "Serve on this port, for example 9001. Default: any.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            converter = NumberConverters.Seconds.class,
            description = "Kill the program of --driver after this time.")
    private Optional<Duration> limit = Optional.empty();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            converter = NumberConverters.JobCount.class,
            description = "Play N cases at once, at most " + RunPlan.MAX_JOBS + ". Default: " + DEFAULT_JOBS + ", or "
                    + FuzzingSettings.JOBS + " against a server.")
    private Optional<Integer> jobs = Optional.empty();

    @Option(names = "--judge", paramLabel = "DIR", description = "Play nothing; judge the results in this folder.")
    private Optional<Path> judgedFolder = Optional.empty();

    AutobahnRunCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        AutobahnConsole console = new AutobahnConsole(environment, rerunCommand());
        KnownDeviations deviations = knownDeviations();
        if (judgedFolder.isPresent()) {
            requireAbsent(servers.stream().findFirst(), "--judge", "--server", "nothing is played");
            requireAbsent(driver, "--judge", "--driver", "nothing is played");
            requireAbsent(jobs, "--judge", "--jobs", "nothing is played");
            requireAbsent(limit, "--judge", "--time-limit", "nothing is played");
            requireAbsent(wait.limit(), "--judge", "--wait", "nothing is played");
            requireAbsent(port, "--judge", "--port", "nothing is played");
            requireAbsent(outDir, "--judge", "--outdir", "nothing is written");
            return new AutobahnFolderJudge(environment, console, patterns(), required(), strictness(), deviations)
                    .judge(judgedFolder.get());
        }
        if (!servers.isEmpty()) {
            return judgeServers(console, deviations);
        }
        if (trust.isGiven()) {
            throw CommandFailure.usage("--trust, --insecure: expected --server as well, found none");
        }
        if (wait.limit().isPresent()) {
            throw CommandFailure.usage("--wait: expected --server as well, found none");
        }
        AutobahnDriverRun run = new AutobahnDriverRun(
                environment,
                console,
                patterns(),
                strictness(),
                outDir.orElse(DEFAULT_FOLDER),
                port.orElse(0),
                deviations);
        if (driver.isPresent()) {
            requireAbsent(jobs, "--driver", "--jobs", "the driver decides how many cases it plays side by side");
            return run.program(driver.get(), limit.orElse(DEFAULT_LIMIT));
        }
        if (limit.isPresent()) {
            throw CommandFailure.usage(
                    "--time-limit: expected --driver as well, found none: the bundled client needs no time limit");
        }
        return run.bundled(jobs.orElse(DEFAULT_JOBS));
    }

    private KnownDeviations knownDeviations() throws CommandFailure {
        KnownDeviations deviations = known.load(
                environment,
                AutobahnCorpus.of(EndpointRole.SERVER).all().stream()
                        .map(one -> one.id().toString())
                        .toList());
        known.requireProfile(deviations, Profile.PROTOCOL);
        return deviations;
    }

    private int judgeServers(AutobahnConsole console, KnownDeviations deviations) throws CommandFailure {
        requireAbsent(driver, "--server", "--driver", "a driver plays a client");
        requireAbsent(port, "--server", "--port", "the servers listen");
        requireAbsent(limit, "--server", "--time-limit", "it limits the program of --driver");
        List<TestedServer> tested = new ArrayList<>();
        for (String url : servers) {
            tested.add(TestedServer.at(FuzzingClientRun.url("--server", url)));
        }
        return new AutobahnServersRun(
                        environment,
                        console,
                        patterns(),
                        strictness(),
                        outDir.orElse(DEFAULT_FOLDER),
                        trust.trust(environment),
                        deviations,
                        jobs.orElse(FuzzingSettings.JOBS),
                        wait)
                .play(tested);
    }

    /** Refuses an option that would be ignored. */
    private static void requireAbsent(Optional<?> value, String option, String name, String why) throws CommandFailure {
        if (value.isPresent()) {
            throw CommandFailure.usage(option + ": cannot be used together with " + name + ": " + why);
        }
    }

    private AutobahnFolderJudge.RequiredCases required() {
        return cases.isEmpty() ? AutobahnFolderJudge.RequiredCases.PLANNED : AutobahnFolderJudge.RequiredCases.SELECTED;
    }

    private Strictness strictness() {
        return strict ? Strictness.STRICT : Strictness.ORIGINAL;
    }

    private AutobahnPatterns patterns() {
        return new AutobahnPatterns(cases.isEmpty() ? AutobahnPatterns.ALL.select() : cases, exclude);
    }

    /** The command line that does the same again, without the cases. */
    private String rerunCommand() {
        return environment.command() + " autobahn-run"
                + judgedFolder
                        .map(path -> " --judge " + ShellWord.quote(path.toString()))
                        .orElse("")
                + driver.map(command -> " --driver " + ShellWord.quote(command)).orElse("")
                + servers.stream()
                        .map(url -> " --server " + ShellWord.quote(url))
                        .collect(Collectors.joining())
                + trust.commandLine()
                + port.map(number -> " --port " + number).orElse("")
                + (strict ? " --strict" : "")
                + known.rerunOptions()
                + (judgedFolder.isPresent()
                        ? ""
                        : " --outdir " + ShellWord.quote(ReportOption.rerunFolder(outDir.orElse(DEFAULT_FOLDER))));
    }
}
