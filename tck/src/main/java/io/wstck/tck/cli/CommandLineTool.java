package io.wstck.tck.cli;

import io.wstck.tck.report.Printable;
import io.wstck.tck.report.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: picks a sub-command, and turns what goes wrong into one sentence and a status. */
@Command(
        name = "wstck",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Versions.class,
        scope = CommandLine.ScopeType.INHERIT,
        header = "Certifies WebSocket clients from both ends of the wire.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:conformant, or done",
            "1:not conformant; a case fails that did not (diff); a verdict differs (rejudge); an adapter does something wrong (smoke); a"
                    + " kept fault survived, or a null client passed a case; a binding clause has no case",
            "2:the command line asks for what cannot be done; nothing was run",
            "3:the kit could not judge"
        })
public final class CommandLineTool implements Runnable {
    @Spec
    private CommandSpec spec;

    private CommandLineTool() {}

    /**
     * Runs one command.
     *
     * @return the exit status, one of {@link ExitStatus}
     */
    public static int run(Surroundings surroundings, String... arguments) {
        PrintWriter out = writer(surroundings.out());
        PrintWriter err = writer(surroundings.err());
        CommandLine line = new CommandLine(new CommandLineTool())
                .addSubcommand(new RunCommand(surroundings))
                .addSubcommand(new SmokeCommand(surroundings))
                .addSubcommand(new ListCommand(surroundings))
                .addSubcommand(new ExplainCommand(surroundings))
                .addSubcommand(new ReportCommand(surroundings))
                .addSubcommand(new DiffCommand(surroundings))
                .addSubcommand(new MergeCommand(surroundings))
                .addSubcommand(new KnownCommand(surroundings))
                .addSubcommand(new RejudgeCommand(surroundings))
                .addSubcommand(new LedgerCommand(surroundings))
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new AutobahnRunCommand(surroundings))
                .addSubcommand(new ProveCommand(surroundings))
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        surroundings.colour() == Style.Colour.ANSI
                                ? CommandLine.Help.Ansi.ON
                                : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((e, args) -> usage(surroundings.err(), e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(surroundings.err(), e));
        int status = line.execute(arguments);
        surroundings.out().flush();
        surroundings.err().flush();
        return status;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /** Without a sub-command there is nothing to do. */
    @Override
    public void run() {
        List<String> commands = new ArrayList<>(spec.subcommands().keySet());
        String last = commands.removeLast();
        throw new ParameterException(
                spec.commandLine(), "expected a command: " + String.join(", ", commands) + " or " + last);
    }

    private static int usage(PrintStream err, ParameterException e) {
        String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        err.println("wstck: " + Printable.line(e.getMessage()) + " (" + help + " tells more)");
        return ExitStatus.USAGE.code();
    }

    private static int failed(PrintStream err, Exception e) {
        if (e instanceof CommandFailure failure) {
            err.println("wstck: " + Printable.line(failure.getMessage()));
            return failure.status().code();
        }
        err.println("wstck: the kit could not judge: " + Printable.line(String.valueOf(e.getMessage())));
        if (!(e instanceof IOException
                || e instanceof UncheckedIOException
                || e.getCause() instanceof UncheckedIOException)) {
            // A defect of the kit: whoever reports it needs the place.
            e.printStackTrace(err);
        }
        return ExitStatus.NOT_JUDGED.code();
    }

    /** Tells the version, for {@code --version}. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"wstck " + Version.current()};
        }
    }
}
