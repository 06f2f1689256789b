package io.wstck.tck.implementation.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Accepts agents over TCP on the loopback interface. Either the kit starts a command per agent, with the address in its
 * environment, or a user starts agents by hand, for example under a debugger.
 */
public final class DialInTransport implements AgentTransport {
    /** Name of the environment variable with the address to dial, as {@code host:port}. */
    public static final String CONTROL = "WSTCK_CONTROL";

    /** How often to check that a started program still runs. */
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);

    /** How long a user may take to start an agent again. */
    private static final Duration RESTART_TIMEOUT = Duration.ofMinutes(1);

    private final ServerSocket listener;
    private final Optional<Command> command;
    private final Consumer<String> notices;
    private final AgentLinks links = AgentLinks.withShutdownHook();
    private boolean dialledBefore;

    /** A command that starts an agent, which then dials the kit, and the folder to run the command in. */
    public record Command(List<String> words, Path folder) {}

    /**
     * Starts to listen.
     *
     * @param port 0 for any free port
     * @param command empty if a user starts the agents
     * @param notices gets a sentence when a user must start an agent, and when an agent is slow to dial
     * @throws AgentException if the port cannot be used
     */
    public DialInTransport(int port, Optional<Command> command, Consumer<String> notices) throws AgentException {
        this.command = command;
        this.notices = notices;
        try {
            listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            listener.setSoTimeout((int) CHECK_INTERVAL.toMillis());
        } catch (IOException e) {
            links.close();
            throw new AgentException(
                    AgentException.Fault.REQUEST,
                    "--agent-listen: cannot listen at port " + port + ": " + e.getMessage());
        }
    }

    /** The address to dial, as {@code host:port}. */
    public String address() {
        return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    @Override
    public AgentCapacity capacity() {
        return command.isPresent() ? AgentCapacity.UNLIMITED : AgentCapacity.ONE;
    }

    @Override
    public AgentLink start() throws AgentException, InterruptedException {
        Optional<LaunchedAgent> launched = command.isPresent() ? Optional.of(launch(command.get())) : Optional.empty();
        if (launched.isEmpty()) {
            notices.accept("waiting for an agent; start it with " + CONTROL + "=" + address() + " in its environment");
        }
        try {
            return link(accept(launched), launched);
        } catch (AgentException | InterruptedException | RuntimeException e) {
            launched.ifPresent(LaunchedAgent::close);
            throw e;
        }
    }

    private SocketLink link(Socket socket, Optional<LaunchedAgent> launched) throws AgentException {
        try {
            return links.open(() -> new SocketLink(socket, launched, links));
        } catch (IllegalStateException e) {
            disconnect(socket);
            throw e;
        }
    }

    private static void disconnect(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot close the agent's connection", e);
        }
    }

    /** An agent that the kit started, and its output. It speaks the protocol over TCP. */
    private record LaunchedAgent(ProcessTree program, OutputExcerpt output, AgentLinks links)
            implements AgentLinks.Member {
        void release() {
            program.release();
            links.remove(this);
        }

        @Override
        public void close() {
            program.kill();
            links.remove(this);
        }

        String ending() {
            return program.ending(output);
        }
    }

    private LaunchedAgent launch(Command started) throws AgentException {
        ProcessBuilder builder = ProcessTransport.builder(started.words(), started.folder());
        builder.environment().put(CONTROL, address());
        builder.redirectErrorStream(true);
        return links.open(() -> {
            ProcessTree program = ProcessTransport.start(builder);
            return new LaunchedAgent(
                    program, OutputExcerpt.of(program.process().getInputStream(), "agent-output"), links);
        });
    }

    private Socket accept(Optional<LaunchedAgent> launched) throws AgentException, InterruptedException {
        Duration patience = patience(launched);
        long startNanos = System.nanoTime();
        boolean quiet = launched.isPresent() && !dialledBefore;
        while (System.nanoTime() - startNanos < patience.toNanos()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                dialledBefore = true;
                return socket;
            } catch (SocketTimeoutException e) {
                requireAlive(launched);
                if (quiet && System.nanoTime() - startNanos > StartupTimeouts.NOTICE_AFTER.toNanos()) {
                    notices.accept(StartupTimeouts.notice("has not dialled " + address()));
                    quiet = false;
                }
            } catch (IOException e) {
                throw new AgentException(
                        AgentException.Fault.AGENT,
                        "cannot listen for an agent at " + address() + ": " + e.getMessage());
            }
        }
        throw new AgentException(
                AgentException.Fault.AGENT,
                "expected an agent to dial " + address() + " within " + patience.toSeconds() + " s, none did");
    }

    private Duration patience(Optional<LaunchedAgent> launched) {
        if (launched.isPresent()) {
            return dialledBefore ? StartupTimeouts.RESTART : StartupTimeouts.FIRST;
        }
        // No real limit for the first agent: the kit has just printed the address.
        return dialledBefore ? RESTART_TIMEOUT : Duration.ofDays(1);
    }

    private void requireAlive(Optional<LaunchedAgent> launched) throws AgentException {
        if (launched.isEmpty() || launched.get().program().process().isAlive()) {
            return;
        }
        String ending = launched.get().ending();
        List<String> said = launched.get().output().get();
        throw new AgentException(
                AgentException.Fault.AGENT,
                "expected the agent to dial " + address() + ", as " + CONTROL + " in its environment says; it ended ("
                        + ending + ")" + (said.isEmpty() ? "" : ": " + String.join(" | ", said)));
    }

    @Override
    public void close() {
        links.close();
        try {
            listener.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot close the port for agents", e);
        }
    }

    /** The connection of an agent that has dialled. */
    private static final class SocketLink implements AgentLink {
        private final Socket socket;
        private final Optional<LaunchedAgent> launched;
        private final AgentLinks links;

        SocketLink(Socket socket, Optional<LaunchedAgent> launched, AgentLinks links) {
            this.socket = socket;
            this.launched = launched;
            this.links = links;
        }

        @Override
        public InputStream input() {
            return stream(socket::getInputStream);
        }

        @Override
        public OutputStream output() {
            return stream(socket::getOutputStream);
        }

        /** A method of a socket that returns a stream. */
        private interface StreamGetter<T> {
            T get() throws IOException;
        }

        private static <T> T stream(StreamGetter<T> getter) {
            try {
                return getter.get();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("the agent's connection was lost at once", e);
            }
        }

        @Override
        public List<String> outputLines() {
            return launched.map(LaunchedAgent::output).map(OutputExcerpt::get).orElse(List.of());
        }

        @Override
        public String ending() {
            return launched.map(LaunchedAgent::ending).orElse("it closed the connection");
        }

        @Override
        public void whenEnded(Runnable action) {
            launched.ifPresent(one -> one.program().whenEnded(action));
        }

        @Override
        public void release() {
            disconnect(socket);
            launched.ifPresent(LaunchedAgent::release);
            links.remove(this);
        }

        @Override
        public void close() {
            disconnect(socket);
            launched.ifPresent(LaunchedAgent::close);
            links.remove(this);
        }
    }
}
