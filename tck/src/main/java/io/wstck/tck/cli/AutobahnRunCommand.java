package io.wstck.tck.cli;

import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.drive.ProgramDriver;
import io.wstck.tck.autobahn.spec.Patterns;
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
            description = "Fail what the original lets pass as NON-STRICT, INFORMATIONAL or the like.")
    private boolean strict;

    @Option(
            names = "--outdir",
            paramLabel = "DIR",
            defaultValue = "target/wstck-autobahn",
            description = "Write the reports into this folder. Default: ${DEFAULT-VALUE}.")
    private Path outDir = Path.of("target", "wstck-autobahn");

    @Option(
            names = "--driver",
            paramLabel = "CMD",
            description =
                    "The program that drives a client, instead of the bundled client; it gets the URL of the server"
                            + " as its last argument and as " + ProgramDriver.URL_VARIABLE + ".")
    private Optional<String> driver = Optional.empty();

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Kill the program of --driver after so long. Default: 3600.")
    private Duration limit = Duration.ofHours(1);

    @Option(
            names = "--jobs",
            paramLabel = "N",
            converter = RunCommand.JobCount.class,
            description = "Have the bundled client play that many cases side by side, at most " + RunPlan.MAX_JOBS
                    + ". Default: " + DEFAULT_JOBS + ".")
    private int jobs = DEFAULT_JOBS;

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
            if (driver.isPresent()) {
                throw CommandFailure.usage("--judge: expected no --driver beside it: nothing is played");
            }
            return new AutobahnJudging(surroundings, console, patterns(), wanted(), strictness()).judge(judged.get());
        }
        AutobahnRun run = new AutobahnRun(surroundings, console, patterns(), strictness(), outDir);
        return driver.isPresent() ? run.program(driver.get(), limit) : run.bundled(jobs);
    }

    private AutobahnJudging.Wanted wanted() {
        return cases.isEmpty() ? AutobahnJudging.Wanted.THE_PLAYED : AutobahnJudging.Wanted.THE_SELECTED;
    }

    private Strictness strictness() {
        return strict ? Strictness.STRICT : Strictness.ORIGINAL;
    }

    private Patterns patterns() {
        return new Patterns(cases.isEmpty() ? Patterns.ALL.select() : cases, exclude);
    }

    /** The command that does the same again, without the cases. */
    private String again() {
        return surroundings.command() + " autobahn-run"
                + judged.map(path -> " --judge " + ShellWord.quote(path.toString()))
                        .orElse("")
                + driver.map(command -> " --driver " + ShellWord.quote(command)).orElse("")
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
