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
    private final Consumer<String> notices;
    private final RunningAgents running = RunningAgents.watched();
    private boolean met;

    /** A command that dials, and where it runs. */
    public record Command(List<String> words, Path folder) {}

    /**
     * Begins to listen.
     *
     * @param port 0: any that is free
     * @param command absent: agents are started by hand
     * @param notices told in a sentence each time that somebody has to start an agent, and that one takes its time to dial
     * @throws AgentException when nobody can listen at the port
     */
    public ListeningTransport(int port, Optional<Command> command, Consumer<String> notices) throws AgentException {
        this.command = command;
        this.notices = notices;
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
        Optional<Launched> launched = command.isPresent() ? Optional.of(launch(command.get())) : Optional.empty();
        if (launched.isEmpty()) {
            notices.accept("waiting for an agent; start it with " + CONTROL + "=" + address() + " in its environment");
        }
        try {
            SocketLink link = new SocketLink(accept(launched), launched, running);
            running.add(link);
            return link;
        } catch (AgentException | InterruptedException | RuntimeException e) {
            launched.map(Launched::program).ifPresent(AgentProgram::kill);
            throw e;
        }
    }

    /** An agent that was started, and all that it prints: it speaks elsewhere. */
    private record Launched(AgentProgram program, LastLines output) {
        String ending() {
            return program.ending(output);
        }
    }

    private Launched launch(Command started) throws AgentException {
        ProcessBuilder builder = ProcessTransport.builder(started.words(), started.folder());
        builder.environment().put(CONTROL, address());
        builder.redirectErrorStream(true);
        AgentProgram program = ProcessTransport.start(builder);
        return new Launched(program, LastLines.of(program.process().getInputStream(), "agent-output"));
    }

    private Socket accept(Optional<Launched> launched) throws AgentException, InterruptedException {
        Duration patience = patience(launched);
        long begun = System.nanoTime();
        boolean quiet = launched.isPresent() && !met;
        while (System.nanoTime() - begun < patience.toNanos()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                met = true;
                return socket;
            } catch (SocketTimeoutException e) {
                requireAlive(launched);
                if (quiet && System.nanoTime() - begun > Starts.SOON.toNanos()) {
                    notices.accept(Starts.notice("has not dialled " + address()));
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

    private Duration patience(Optional<Launched> launched) {
        if (launched.isPresent()) {
            return met ? Starts.ANOTHER : Starts.FIRST;
        }
        // The first time by hand has no limit: the kit has just told where to dial.
        return met ? AGAIN : Duration.ofDays(1);
    }

    private void requireAlive(Optional<Launched> launched) throws AgentException {
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
        private final Optional<Launched> launched;
        private final RunningAgents running;

        SocketLink(Socket socket, Optional<Launched> launched, RunningAgents running) {
            this.socket = socket;
            this.launched = launched;
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
            return launched.map(Launched::output).map(LastLines::get).orElse(List.of());
        }

        @Override
        public String ending() {
            return launched.map(Launched::ending).orElse("it closed the connection");
        }

        @Override
        public void whenEnded(Runnable action) {
            launched.ifPresent(one -> one.program().whenEnded(action));
        }

        @Override
        public void release() {
            disconnect();
            launched.map(Launched::program).ifPresent(AgentProgram::release);
            running.remove(this);
        }

        @Override
        public void close() {
            disconnect();
            launched.map(Launched::program).ifPresent(AgentProgram::kill);
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
