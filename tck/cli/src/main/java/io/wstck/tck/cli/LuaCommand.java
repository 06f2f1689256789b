package io.wstck.tck.cli;

import io.wstck.lua.LuaScript;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.implementation.script.ScriptEnd;
import io.wstck.tck.implementation.script.ScriptHost;
import io.wstck.tck.implementation.script.ScriptRules;
import io.wstck.tck.implementation.script.ScriptRulesFile;
import io.wstck.tck.implementation.script.ScriptSettings;
import io.wstck.tck.run.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lua}: runs a script with the documented modules, or reads chunks from a terminal. */
@Command(
        name = "lua",
        header = "Run a Lua script with the documented modules.",
        description = {
            "The modules are websocket, channel, time, json and errors. Without FILE and -e it reads the standard input; on"
                    + " a terminal it has a prompt."
        },
        exitCodeList = {
            "0:the script has ended",
            "1:the script raised an error, returned nil and an error, or was stopped",
            "2:the command line or a file is wrong; nothing was run",
            "130:interrupted with Ctrl-C; connections were closed with 1001"
        })
final class LuaCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final String COMMAND_LINE_CHUNK = "(command line)";
    private static final String INPUT_CHUNK = "stdin";

    private final CliEnvironment environment;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The script; - is the standard input.")
    private Optional<String> file = Optional.empty();

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARG", description = "Arguments of the script, in `arg`.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "-e", paramLabel = "CHUNK", description = "Run this text, before FILE if there is one. Repeatable.")
    private List<String> chunks = new ArrayList<>();

    @Option(
            names = "--allow",
            paramLabel = "ACTION[=URL]",
            description =
                    "Allow websocket.connect, or websocket.connect.url for a URL or URL prefix (PREFIX*). All else is then denied. Repeatable.")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--deny",
            paramLabel = "ACTION[=URL]",
            description = "Deny an action, written as for --allow. Repeatable.")
    private List<String> denied = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "More rules, a YAML list with effect, action, resource.")
    private Optional<Path> policy = Optional.empty();

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Trust only the certificates in this PEM file for wss.")
    private Optional<Path> trust = Optional.empty();

    @Option(
            names = "--time-limit",
            paramLabel = "DURATION",
            converter = TimeLimit.Converter.class,
            description = "Stop the script after this time: 500ms, 10s, 1m30s.")
    private Optional<TimeLimit> timeLimit = Optional.empty();

    @Option(
            names = "--memory-limit",
            paramLabel = "SIZE",
            converter = MemorySize.Converter.class,
            description =
                    "Stop the script when it has allocated this much in all, such as 64MiB; released memory counts.")
    private Optional<MemorySize> memoryLimit = Optional.empty();

    @Option(names = "--trace", description = "Print handshakes and frames on the standard error.")
    private boolean trace;

    private LuaCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    /** Returns the command. Words after FILE belong to the script, even if they look like options. */
    static CommandLine line(CliEnvironment environment) {
        return new CommandLine(new LuaCommand(environment)).setStopAtPositional(true);
    }

    @Override
    public Integer call() throws CommandFailure {
        ScriptSettings settings = settings();
        List<LuaScript> scripts = scripts();
        try (ShutdownInterrupt _ = ShutdownInterrupt.forCommand();
                ScriptHost host = open(settings)) {
            host.setArguments(scriptName(), arguments);
            ScriptEnd end =
                    new LuaRun(host, timeLimit).run(() -> scripts.isEmpty() ? prompt(host) : runAll(scripts, host));
            switch (end) {
                case ScriptEnd.Returned _ -> {}
                case ScriptEnd.ReturnedError(List<String> _, String message) ->
                    throw CommandFailure.scriptFailed(message);
                case ScriptEnd.Raised(String message) -> throw CommandFailure.scriptFailed(message);
                case ScriptEnd.Stopped(String message) -> throw CommandFailure.scriptFailed(message);
            }
        } catch (InterruptedException e) {
            // Interrupted by Ctrl-C, or by a program that runs this command in a thread.
            return ExitStatus.INTERRUPTED.code();
        }
        return ExitStatus.OK.code();
    }

    private ScriptSettings settings() throws CommandFailure {
        List<PolicyRule> rules = new ArrayList<>(rules("--allow", PolicyRule.Effect.ALLOW, allowed));
        rules.addAll(rules("--deny", PolicyRule.Effect.DENY, denied));
        if (policy.isPresent()) {
            rules.addAll(checked(
                    "--policy",
                    () -> ScriptRulesFile.read(
                            environment.resolve(policy.get()), policy.get().toString())));
        }
        return new ScriptSettings(
                rules,
                trust.map(environment::resolve),
                memoryLimit.map(size -> OptionalLong.of(size.bytes())).orElse(OptionalLong.empty()),
                this::print,
                trace ? Optional.of(new LuaTrace(environment.err())) : Optional.empty());
    }

    private static List<PolicyRule> rules(String option, PolicyRule.Effect effect, List<String> texts)
            throws CommandFailure {
        List<PolicyRule> rules = new ArrayList<>();
        for (String text : texts) {
            rules.add(checked(option, () -> ScriptRules.parse(effect, text)));
        }
        return rules;
    }

    private static ScriptHost open(ScriptSettings settings) throws CommandFailure {
        if (settings.trust().filter(Files::notExists).isPresent()) {
            throw CommandFailure.usage("--trust: expected certificates in PEM at "
                    + settings.trust().get() + ", found no file");
        }
        return checked("--trust", () -> ScriptHost.open(settings));
    }

    /** Calls a function that refuses the value of an option by an exception. */
    private static <T> T checked(String option, Supplier<T> body) throws CommandFailure {
        try {
            return body.get();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(option + ": " + e.getMessage());
        }
    }

    /** The chunks to run, in their order. None for a prompt. */
    private List<LuaScript> scripts() throws CommandFailure {
        List<LuaScript> scripts = new ArrayList<>();
        for (String chunk : chunks) {
            scripts.add(LuaSource.compile(COMMAND_LINE_CHUNK, chunk));
        }
        if (file.isPresent() && !file.get().equals(STANDARD_INPUT)) {
            scripts.add(LuaSource.file(environment.resolve(Path.of(file.get())), file.get()));
        } else if (file.isPresent() || (chunks.isEmpty() && !CliEnvironment.isConsole())) {
            scripts.add(standardInput());
        }
        return scripts;
    }

    private String scriptName() {
        return file.orElse(environment.program().getLast());
    }

    private static LuaScript standardInput() throws CommandFailure {
        try {
            return LuaSource.stream(System.in, INPUT_CHUNK);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read the standard input: " + e.getMessage());
        }
    }

    /** Runs the chunks until one fails. */
    private static ScriptEnd runAll(List<LuaScript> scripts, ScriptHost host) {
        ScriptEnd end = new ScriptEnd.Returned(List.of());
        for (LuaScript script : scripts) {
            end = host.run(script);
            if (!(end instanceof ScriptEnd.Returned)) {
                return end;
            }
        }
        return end;
    }

    private ScriptEnd prompt(ScriptHost host) throws IOException {
        environment
                .out()
                .println("wstck " + Version.current()
                        + " · Lua with websocket, channel, time, json, errors · Ctrl-D ends");
        Charset charset = Charset.forName(System.getProperty("stdin.encoding", StandardCharsets.UTF_8.name()));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, charset));
        return new LuaPrompt(in, environment.out(), environment.err(), host::run).run();
    }

    /** Prints a line at once. Returns false when the standard output is closed. */
    private boolean print(String line) {
        PrintStream out = environment.out();
        // One write, so that lines of the trace are not mixed into it.
        out.print(line + "\n");
        return !out.checkError();
    }
}
