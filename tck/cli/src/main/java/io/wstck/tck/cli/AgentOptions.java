package io.wstck.tck.cli;

import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.AgentImplementation;
import io.wstck.tck.implementation.agent.AgentTransport;
import io.wstck.tck.implementation.agent.CommandWords;
import io.wstck.tck.implementation.agent.DialInTransport;
import io.wstck.tck.implementation.agent.ProcessTransport;
import io.wstck.tck.implementation.browser.Browser;
import io.wstck.tck.implementation.browser.BrowserTransport;
import io.wstck.tck.implementation.container.ContainerTransport;
import io.wstck.tck.implementation.container.DockerHost;
import io.wstck.tck.report.ShellWord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that name an agent to judge instead of the bundled client. */
final class AgentOptions {
    private static final String ANY_PORT = "0";

    /** Not a program name: the user opens the browser. */
    private static final String BY_HAND = "";

    /** The time that the user has to open the page. A forgotten build ends after it. */
    private static final Duration OPENED_BY_HAND = Duration.ofMinutes(10);

    @Option(
            names = "--agent",
            paramLabel = "COMMAND",
            description = "Judge the client of this agent, a command with arguments.")
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--agent-listen",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = ANY_PORT,
            converter = NumberConverters.Port.class,
            description = "Wait on this port, or any, until an agent connects.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--image", paramLabel = "NAME", description = "Judge the client of the agent in this Docker image.")
    private Optional<String> image = Optional.empty();

    @Option(
            names = "--browser",
            paramLabel = "NAME",
            arity = "0..1",
            fallbackValue = BY_HAND,
            description =
                    "Judge this browser: chromium, chrome, edge, firefox or a path. Without a NAME you open the page.")
    private Optional<String> browser = Optional.empty();

    /** The Docker that runs the image. Set by {@link #server}. */
    private Optional<DockerHost> docker = Optional.empty();

    /** Whether the options name an agent. */
    boolean given() {
        return command.isPresent() || port.isPresent() || image.isPresent() || browser.isPresent();
    }

    /** The configuration of a reference server that the agent's client can reach. */
    ServerConfig server() throws CommandFailure {
        if (browser.isPresent() && (command.isPresent() || image.isPresent())) {
            throw CommandFailure.usage("--browser: cannot be used together with --agent or --image");
        }
        if (image.isEmpty()) {
            return ServerConfig.loopback();
        }
        if (command.isPresent() || port.isPresent()) {
            throw CommandFailure.usage("--image: cannot be used together with --agent or --agent-listen");
        }
        try {
            docker = Optional.of(DockerHost.find());
            return docker.get().server();
        } catch (AgentException e) {
            throw failure(e);
        }
    }

    /** Starts the agent, or waits for it. */
    Implementation open(CliEnvironment environment, AuthorityFile trust) throws CommandFailure, InterruptedException {
        try {
            return AgentImplementation.start(transport(environment, trust), trust, notice(environment));
        } catch (AgentException e) {
            throw failure(e);
        }
    }

    static Consumer<String> notice(CliEnvironment environment) {
        return sentence -> environment.err().println("wstck: " + sentence);
    }

    static CommandFailure failure(AgentException e) {
        return switch (e.fault()) {
            case REQUEST -> CommandFailure.usage(e.getMessage());
            case AGENT -> CommandFailure.notJudged(e.getMessage());
        };
    }

    /** The transport to the agents that the options name. */
    AgentTransport transport(CliEnvironment environment, AuthorityFile trust) throws CommandFailure, AgentException {
        if (docker.isPresent()) {
            return ContainerTransport.of(docker.get(), image.orElseThrow(), trust);
        }
        if (browser.isPresent()) {
            return new BrowserTransport(port.orElse(0), opener(environment, browser.get(), trust));
        }
        Optional<List<String>> words = words();
        if (port.isEmpty()) {
            return new ProcessTransport(words.orElseThrow(), environment.folder());
        }
        return new DialInTransport(
                port.get(),
                words.map(some -> new DialInTransport.Command(some, environment.folder())),
                notice(environment));
    }

    private static BrowserTransport.Opener opener(CliEnvironment environment, String program, AuthorityFile trust)
            throws AgentException {
        if (!program.equals(BY_HAND)) {
            return new BrowserTransport.Opener.Kit(Browser.named(program), trust);
        }
        return new BrowserTransport.Opener.HumanUser(
                OPENED_BY_HAND,
                address -> notice(environment)
                        .accept("open " + address + " in the browser to judge, and keep its tab in front"));
    }

    private Optional<List<String>> words() throws CommandFailure {
        try {
            return command.map(CommandWords::split);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--agent: " + e.getMessage());
        }
    }

    /** The options for a command line that judges the same agent again, or an empty string. */
    String rerunOptions() {
        return command.map(line -> " --agent " + ShellWord.quote(line)).orElse("")
                + browser.map(name -> " --browser" + (name.equals(BY_HAND) ? "" : "=" + ShellWord.quote(name)))
                        .orElse("")
                + image.map(name -> " --image " + ShellWord.quote(name)).orElse("")
                + port.map(number -> " --agent-listen" + (number == 0 ? "" : " " + number))
                        .orElse("");
    }
}
