package io.wstck.tck.cli;

import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.AgentImplementation;
import io.wstck.tck.implementation.agent.AgentTransport;
import io.wstck.tck.implementation.agent.CommandWords;
import io.wstck.tck.implementation.agent.ListeningTransport;
import io.wstck.tck.implementation.agent.ProcessTransport;
import io.wstck.tck.implementation.browser.Browser;
import io.wstck.tck.implementation.browser.BrowserTransport;
import io.wstck.tck.implementation.container.ContainerTransport;
import io.wstck.tck.implementation.container.DockerMachine;
import io.wstck.tck.report.ShellWord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that name an agent to judge instead of the bundled client. */
final class AgentOptions {
    private static final String ANY_PORT = "0";

    /** No program is named so. */
    private static final String BY_HAND = "";

    private static final int LAST_PORT = 65_535;

    /** Long enough to find the browser's window, short enough for a build that nobody watches. */
    private static final Duration OPENED_BY_HAND = Duration.ofMinutes(10);

    @Option(
            names = "--agent",
            paramLabel = "COMMAND",
            description =
                    "Judge the client of this agent: a command with its arguments, split as a shell does. The kit starts"
                            + " it, and talks with it over its standard input and output (docs/adapters.md).")
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--agent-listen",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = ANY_PORT,
            description = "Wait at this port of the loopback interface, or at any, for an agent that dials in; it is"
                    + " started by hand, or by --agent, which then finds the address in WSTCK_CONTROL.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--image",
            paramLabel = "NAME",
            description =
                    "Judge the client of the agent in this image, which Docker has to have already: the kit starts a"
                            + " container of it, and the agent dials the address in WSTCK_CONTROL (docs/containers.md).")
    private Optional<String> image = Optional.empty();

    @Option(
            names = "--browser",
            paramLabel = "NAME",
            arity = "0..1",
            fallbackValue = BY_HAND,
            description =
                    "Judge a browser's own WebSocket: the kit serves a page that is an agent, at --agent-listen where that"
                            + " names a port, and whichever browser opens it is judged. With a NAME (chromium, chrome, edge,"
                            + " firefox, or a path) the kit opens it there, without a window (docs/browser.md).")
    private Optional<String> browser = Optional.empty();

    /** The Docker that the image is looked for in, once it was asked for. */
    private Optional<DockerMachine> docker = Optional.empty();

    /** Whether the options name an agent. */
    boolean given() {
        return command.isPresent() || port.isPresent() || image.isPresent() || browser.isPresent();
    }

    /** Where the reference server has to listen, so that the client reaches it. */
    ServerConfig server() throws CommandFailure {
        if (browser.isPresent() && (command.isPresent() || image.isPresent())) {
            throw CommandFailure.usage("--browser: expected it without --agent and --image, got both");
        }
        if (image.isEmpty()) {
            return ServerConfig.loopback();
        }
        if (command.isPresent() || port.isPresent()) {
            throw CommandFailure.usage("--image: expected it without --agent and --agent-listen, got both");
        }
        try {
            docker = Optional.of(DockerMachine.find());
            return docker.get().server();
        } catch (AgentException e) {
            throw failure(e);
        }
    }

    /** Starts the agent, or waits for it. */
    Implementation open(Surroundings surroundings, Trust trust) throws CommandFailure, InterruptedException {
        try {
            return AgentImplementation.start(transport(surroundings, trust), trust, notice(surroundings));
        } catch (AgentException e) {
            throw failure(e);
        }
    }

    static Consumer<String> notice(Surroundings surroundings) {
        return sentence -> surroundings.err().println("wstck: " + sentence);
    }

    static CommandFailure failure(AgentException e) {
        return switch (e.fault()) {
            case REQUEST -> CommandFailure.usage(e.getMessage());
            case AGENT -> CommandFailure.notJudged(e.getMessage());
        };
    }

    /** The way to agents that the options name. */
    AgentTransport transport(Surroundings surroundings, Trust trust) throws CommandFailure, AgentException {
        if (docker.isPresent()) {
            return ContainerTransport.of(docker.get(), image.orElseThrow(), trust);
        }
        if (port.isPresent() && (port.get() < 0 || port.get() > LAST_PORT)) {
            throw CommandFailure.usage("--agent-listen: expected a port from 0 to 65535, got " + port.get());
        }
        if (browser.isPresent()) {
            return new BrowserTransport(port.orElse(0), opener(surroundings, browser.get(), trust));
        }
        Optional<List<String>> words = words();
        if (port.isEmpty()) {
            return new ProcessTransport(words.orElseThrow(), surroundings.folder());
        }
        return new ListeningTransport(
                port.get(),
                words.map(some -> new ListeningTransport.Command(some, surroundings.folder())),
                notice(surroundings));
    }

    private static BrowserTransport.Opener opener(Surroundings surroundings, String program, Trust trust)
            throws AgentException {
        if (!program.equals(BY_HAND)) {
            return new BrowserTransport.Opener.Kit(Browser.named(program), trust);
        }
        return new BrowserTransport.Opener.Somebody(
                OPENED_BY_HAND,
                address -> notice(surroundings)
                        .accept("open " + address + " in the browser that is to be judged, and leave it in front"));
    }

    private Optional<List<String>> words() throws CommandFailure {
        try {
            return command.map(CommandWords::split);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--agent: " + e.getMessage());
        }
    }

    /** The options as they must be repeated to judge the same agent again; empty if none was given. */
    String again() {
        return command.map(line -> " --agent " + ShellWord.quote(line)).orElse("")
                + browser.map(name -> " --browser" + (name.equals(BY_HAND) ? "" : "=" + ShellWord.quote(name)))
                        .orElse("")
                + image.map(name -> " --image " + ShellWord.quote(name)).orElse("")
                + port.map(number -> " --agent-listen" + (number == 0 ? "" : " " + number))
                        .orElse("");
    }
}
