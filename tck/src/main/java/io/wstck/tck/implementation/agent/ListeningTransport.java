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
 * Listens on the loopback interface for agents to dial in, and talks with them over TCP. Either it starts a command for each of
 * them, which finds the address in its environment, or somebody starts them by hand, under a debugger for example.
 */
public final class ListeningTransport implements AgentTransport {
    /** The variable of an agent's environment that names where it shall dial, as {@code host:port}. */
    public static final String CONTROL = "WSTCK_CONTROL";

    /** How often it is looked whether a program that shall dial is still there. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Somebody who is debugging starts an agent again, or has gone home. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final ServerSocket listener;
    private final Optional<Command> command;
    private final Consumer<String> waiting;
    private final RunningAgents running = RunningAgents.watched();
    private boolean met;

    /** A command that dials, and where it runs. */
    public record Command(List<String> words, Path folder) {}

    /**
     * Begins to listen.
     *
     * @param port 0: any that is free
     * @param command absent: agents are started by hand
     * @param waiting told the address each time that somebody has to start an agent
     * @throws AgentException when nobody can listen at the port
     */
    public ListeningTransport(int port, Optional<Command> command, Consumer<String> waiting) throws AgentException {
        this.command = command;
        this.waiting = waiting;
        try {
            listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            listener.setSoTimeout((int) LOOK.toMillis());
        } catch (IOException e) {
            running.close();
            throw new AgentException(
                    AgentException.Fault.REQUEST,
                    "--agent-listen: expected a port to listen at, but " + port + " cannot be had: " + e.getMessage());
        }
    }

    /** Where agents dial, as {@code host:port}. */
    public String address() {
        return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    @Override
    public Supply supply() {
        return command.isPresent() ? Supply.AS_MANY_AS_WANTED : Supply.ONE_AT_A_TIME;
    }

    @Override
    public AgentLink start() throws AgentException, InterruptedException {
        Optional<AgentProgram> program = command.isPresent() ? Optional.of(launch(command.get())) : Optional.empty();
        if (program.isEmpty()) {
            waiting.accept(address());
        }
        Optional<LastLines> output =
                program.map(started -> LastLines.of(started.process().getInputStream(), "agent-output"));
        try {
            SocketLink link = new SocketLink(accept(program, output), program, output, running);
            running.add(link);
            return link;
        } catch (AgentException | InterruptedException | RuntimeException e) {
            program.ifPresent(AgentProgram::kill);
            throw e;
        }
    }

    private AgentProgram launch(Command started) throws AgentException {
        ProcessBuilder builder = ProcessTransport.builder(started.words(), started.folder());
        builder.environment().put(CONTROL, address());
        builder.redirectErrorStream(true);
        return new AgentProgram(ProcessTransport.start(builder));
    }

    private Socket accept(Optional<AgentProgram> program, Optional<LastLines> output)
            throws AgentException, InterruptedException {
        // The first time by hand has no limit: the kit has just told where to dial.
        Duration patience =
                program.isPresent() ? (met ? Starts.ANOTHER : Starts.FIRST) : (met ? AGAIN : Duration.ofDays(1));
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                met = true;
                return socket;
            } catch (SocketTimeoutException e) {
                if (program.isPresent() && !program.get().process().isAlive()) {
                    output.ifPresent(LastLines::awaitEnd);
                    throw new AgentException(
                            AgentException.Fault.AGENT,
                            "expected the agent to dial " + address() + ", as " + CONTROL
                                    + " in its environment says; it ended ("
                                    + program.get().ending() + ")"
                                    + output.map(lines -> ": " + String.join(" | ", lines.get()))
                                            .orElse(""));
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

    @Override
    public void close() {
        running.close();
        try {
            listener.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot let go of the port for agents", e);
        }
    }

    /** An agent that has dialled. */
    private static final class SocketLink implements AgentLink {
        private final Socket socket;
        private final Optional<AgentProgram> program;
        private final Optional<LastLines> output;
        private final RunningAgents running;

        SocketLink(Socket socket, Optional<AgentProgram> program, Optional<LastLines> output, RunningAgents running) {
            this.socket = socket;
            this.program = program;
            this.output = output;
            this.running = running;
        }

        @Override
        public InputStream input() {
            return stream(socket::getInputStream);
        }

        @Override
        public OutputStream output() {
            return stream(socket::getOutputStream);
        }

        /** What it takes to get a stream of a socket. */
        private interface Getter<T> {
            T get() throws IOException;
        }

        private static <T> T stream(Getter<T> getter) {
            try {
                return getter.get();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("the agent's connection was lost at once", e);
            }
        }

        @Override
        public List<String> said() {
            return output.map(LastLines::get).orElse(List.of());
        }

        @Override
        public String ending() {
            String ending = program.map(AgentProgram::ending).orElse("it closed the connection");
            output.ifPresent(LastLines::awaitEnd);
            return ending;
        }

        @Override
        public void release() {
            disconnect();
            program.ifPresent(AgentProgram::release);
            running.remove(this);
        }

        @Override
        public void close() {
            disconnect();
            program.ifPresent(AgentProgram::kill);
            running.remove(this);
        }

        private void disconnect() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("cannot close the agent's connection", e);
            }
        }
    }
}
