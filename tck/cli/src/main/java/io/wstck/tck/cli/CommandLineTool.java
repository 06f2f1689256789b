package io.wstck.tck.cli;

import io.wstck.tck.report.ConsoleStyle;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.run.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command. It runs a subcommand and turns each failure into one sentence and an exit status. */
@Command(
        name = "wstck",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.VersionProvider.class,
        scope = CommandLine.ScopeType.INHERIT,
        header = "Certifies WebSocket clients.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:conformant, or the command succeeded",
            "1:not conformant, or another finding: see the help of the command",
            "2:the command line is wrong; nothing was run",
            "3:the kit could not judge",
            "130:interrupted with Ctrl-C (serve, lua)"
        })
public final class CommandLineTool implements Callable<Integer> {
    /** A longer option has a line of its own in a help text. In characters, with the indentation. */
    private static final int OPTION_WIDTH = 22;

    /** The narrowest help text that picocli prints, in characters. */
    private static final int NARROWEST_HELP = 55;

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    private CommandLineTool(CliEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Runs one command.
     *
     * @return the exit status, one of {@link ExitStatus}
     */
    public static int run(CliEnvironment environment, String... arguments) {
        PrintWriter out = writer(environment.out());
        PrintWriter err = writer(environment.err());
        CommandLine line = new CommandLine(new CommandLineTool(environment));
        addCommands(line, commands(environment), arguments);
        if (Stream.of(arguments).anyMatch(Set.of("-h", "--help")::contains)) {
            formatHelp(line, environment.columns().getAsInt());
        }
        line.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        environment.colour() == ConsoleStyle.Colour.ANSI
                                ? CommandLine.Help.Ansi.ON
                                : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((e, args) -> usage(environment.err(), e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(environment.err(), e));
        int status = line.execute(arguments);
        environment.out().flush();
        environment.err().flush();
        return status;
    }

    /** Returns the commands by name. */
    static Map<String, Supplier<Object>> commands(CliEnvironment environment) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", () -> new RunCommand(environment));
        commands.put("smoke", () -> new SmokeCommand(environment));
        commands.put("list", () -> new ListCommand(environment));
        commands.put("explain", () -> new ExplainCommand(environment));
        commands.put("report", () -> new ReportCommand(environment));
        commands.put("diff", () -> new DiffCommand(environment));
        commands.put("merge", () -> new MergeCommand(environment));
        commands.put("known", () -> new KnownCommand(environment));
        commands.put("rejudge", () -> new RejudgeCommand(environment));
        commands.put("ledger", () -> new LedgerCommand(environment));
        commands.put("serve", () -> new ServeCommand(environment));
        commands.put("lua", () -> LuaCommand.line(environment));
        commands.put("autobahn-run", () -> new AutobahnRunCommand(environment));
        commands.put("wstest", () -> new WstestCommand(environment));
        commands.put("prove", () -> new ProveCommand(environment));
        return commands;
    }

    /** Adds the command that the first argument names, or else all. Only one is needed, and each takes time to make. */
    private static void addCommands(CommandLine line, Map<String, Supplier<Object>> commands, String[] arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        if (commands.containsKey(first)) {
            line.addSubcommand(first, commands.get(first).get());
        } else {
            commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        }
    }

    /** Fits the help texts to the terminal. The synopsis does not repeat the options that are listed below it. */
    private static void formatHelp(CommandLine line, int columns) {
        line.setUsageHelpWidth(Math.clamp(columns, NARROWEST_HELP, TerminalWidth.DEFAULT))
                .setUsageHelpLongOptionsMaxWidth(OPTION_WIDTH);
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().usageMessage().abbreviateSynopsis(true));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /** Called if the command is missing: prints what to do next. */
    @Override
    public Integer call() {
        CommandLine.Help.Ansi ansi = spec.commandLine().getColorScheme().ansi();
        NextSteps.lines(environment.command(), text -> ansi.string("@|bold " + text + "|@"))
                .forEach(environment.err()::println);
        return ExitStatus.USAGE.code();
    }

    private static int usage(PrintStream err, ParameterException e) {
        String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        err.println("wstck: " + EscapedText.line(e.getMessage()) + " (" + help + " for help)");
        return ExitStatus.USAGE.code();
    }

    private static int failed(PrintStream err, Exception e) {
        if (e instanceof CommandFailure failure) {
            err.println("wstck: " + EscapedText.line(failure.getMessage()));
            return failure.status().code();
        }
        err.println("wstck: the kit could not judge: " + EscapedText.line(String.valueOf(e.getMessage())));
        if (!(e instanceof IOException
                || e instanceof UncheckedIOException
                || e.getCause() instanceof UncheckedIOException)) {
            // A defect of the kit: a bug report needs the stack trace.
            e.printStackTrace(err);
        }
        return ExitStatus.NOT_JUDGED.code();
    }

    /** Prints the version for {@code --version}. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"wstck " + Version.current()};
        }
    }
}
