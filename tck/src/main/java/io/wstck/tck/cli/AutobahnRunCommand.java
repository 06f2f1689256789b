package io.wstck.tck.cli;

import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.drive.ProgramDriver;
import io.wstck.tck.autobahn.spec.Patterns;
import io.wstck.tck.report.ShellWord;
import io.wstck.tck.run.RunPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code autobahn-run}: has a driver play the Autobahn cases, and judges. */
@Command(
        name = "autobahn-run",
        header = "Have a driver play the Autobahn cases against a server of our own, report, and judge.")
final class AutobahnRunCommand implements Callable<Integer> {
    private static final int DEFAULT_JOBS = 32;
    private static final Duration DEFAULT_LIMIT = Duration.ofHours(1);
    private static final Path DEFAULT_FOLDER = Path.of("target", "wstck-autobahn");

    private final Surroundings surroundings;

    @Option(
            names = {"--cases", "--only"},
            paramLabel = "PATTERN",
            split = ",",
            description = "Play only cases whose number matches, like 1.1.1, 6.* or *; joined by commas, or repeated.")
    private List<String> cases = new ArrayList<>();

    @Option(
            names = {"--exclude", "--skip"},
            paramLabel = "PATTERN",
            split = ",",
            description = "Leave out cases whose number matches; joined by commas, or repeated.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--strict",
            description =
                    "Demand more than the original: that a failed connection is closed with the right code, and bad"
                            + " text is noticed at once.")
    private boolean strict;

    @Option(
            names = "--outdir",
            paramLabel = "DIR",
            description = "Write the reports into this folder. Default: target/wstck-autobahn.")
    private Optional<Path> outDir = Optional.empty();

    @Option(
            names = "--driver",
            paramLabel = "CMD",
            description =
                    "The program that drives a client, instead of the bundled client; it gets the URL of the server"
                            + " as its last argument and as " + ProgramDriver.URL_VARIABLE + ".")
    private Optional<String> driver = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Serve on this port, for drivers that know no other than 9001, say. Default: a free one.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Kill the program of --driver after so long. Default: 3600.")
    private Optional<Duration> limit = Optional.empty();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            converter = RunCommand.JobCount.class,
            description = "Have the bundled client play that many cases side by side, at most " + RunPlan.MAX_JOBS
                    + ". Default: " + DEFAULT_JOBS + ".")
    private Optional<Integer> jobs = Optional.empty();

    @Option(
            names = "--judge",
            paramLabel = "DIR",
            description = "Play nothing: judge what a run, also one of the original, has left in this folder.")
    private Optional<Path> judged = Optional.empty();

    AutobahnRunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        AutobahnConsole console = new AutobahnConsole(surroundings, again());
        if (judged.isPresent()) {
            refuse(driver, "--judge", "--driver", "nothing is played");
            refuse(jobs, "--judge", "--jobs", "nothing is played");
            refuse(limit, "--judge", "--time-limit", "nothing is played");
            refuse(port, "--judge", "--port", "nothing is played");
            refuse(outDir, "--judge", "--outdir", "nothing is written");
            return new AutobahnJudging(surroundings, console, patterns(), wanted(), strictness()).judge(judged.get());
        }
        AutobahnRun run = new AutobahnRun(
                surroundings, console, patterns(), strictness(), outDir.orElse(DEFAULT_FOLDER), port.orElse(0));
        if (driver.isPresent()) {
            refuse(jobs, "--driver", "--jobs", "the driver alone says how many cases it plays side by side");
            return run.program(driver.get(), limit.orElse(DEFAULT_LIMIT));
        }
        if (limit.isPresent()) {
            throw CommandFailure.usage(
                    "--time-limit: expected --driver beside it, found none: the bundled client ends by itself");
        }
        return run.bundled(jobs.orElse(DEFAULT_JOBS));
    }

    /** Options that would be ignored are not taken. */
    private static void refuse(Optional<?> unwanted, String option, String name, String why) throws CommandFailure {
        if (unwanted.isPresent()) {
            throw CommandFailure.usage(option + ": expected no " + name + " beside it: " + why);
        }
    }

    private AutobahnJudging.Wanted wanted() {
        return cases.isEmpty() ? AutobahnJudging.Wanted.THE_PLANNED : AutobahnJudging.Wanted.THE_SELECTED;
    }

    private Strictness strictness() {
        return strict ? Strictness.STRICT : Strictness.ORIGINAL;
    }

    private Patterns patterns() {
        return new Patterns(cases.isEmpty() ? Patterns.ALL.select() : cases, exclude);
    }

    /** The command that does the same again, without the cases. */
    private String again() {
        return ShellWord.quote(surroundings.command()) + " autobahn-run"
                + judged.map(path -> " --judge " + ShellWord.quote(path.toString()))
                        .orElse("")
                + driver.map(command -> " --driver " + ShellWord.quote(command)).orElse("")
                + port.map(number -> " --port " + number).orElse("")
                + (strict ? " --strict" : "");
    }

    /** A time in seconds. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String word) {
            if (!word.matches("[1-9][0-9]{0,6}")) {
                throw new TypeConversionException("expected a whole number of seconds from 1, got \"" + word + "\"");
            }
            return Duration.ofSeconds(Long.parseLong(word));
        }
    }
}
