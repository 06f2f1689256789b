package io.wstck.tck.implementation.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Starts a command for each agent, and talks with it over its standard input and output. */
public final class ProcessTransport implements AgentTransport {
    private final List<String> command;
    private final Path folder;
    private final RunningAgents running = RunningAgents.watched();

    /**
     * A transport.
     *
     * @param command the program and its arguments
     * @param folder where it runs
     */
    public ProcessTransport(List<String> command, Path folder) {
        this.command = List.copyOf(command);
        this.folder = folder;
    }

    @Override
    public Supply supply() {
        return Supply.AS_MANY_AS_WANTED;
    }

    @Override
    public AgentLink start() throws AgentException {
        ProcessBuilder builder = builder(command, folder);
        // Whoever runs the kit may have it set for another one: this agent is to speak on its standard output.
        builder.environment().remove(ListeningTransport.CONTROL);
        ProcessLink link = new ProcessLink(start(builder), running);
        running.add(link);
        return link;
    }

    @Override
    public void close() {
        running.close();
    }

    static ProcessBuilder builder(List<String> command, Path folder) {
        return new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
    }

    /** Starts a command. */
    static AgentProgram start(ProcessBuilder builder) throws AgentException {
        try {
            return AgentProgram.start(builder);
        } catch (IOException e) {
            String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new AgentException(
                    AgentException.Fault.REQUEST,
                    "--agent: expected a command that can be started, got " + String.join(" ", builder.command()) + ": "
                            + cause);
        }
    }

    private static final class ProcessLink implements AgentLink {
        private final AgentProgram program;
        private final LastLines errors;
        private final RunningAgents running;

        ProcessLink(AgentProgram program, RunningAgents running) {
            this.program = program;
            this.running = running;
            errors = LastLines.of(program.process().getErrorStream(), "agent-stderr");
        }

        @Override
        public InputStream input() {
            return program.process().getInputStream();
        }

        @Override
        public OutputStream output() {
            return program.process().getOutputStream();
        }

        @Override
        public List<String> said() {
            return errors.get();
        }

        @Override
        public String ending() {
            return program.ending(errors);
        }

        @Override
        public void whenEnded(Runnable action) {
            program.whenEnded(action);
        }

        @Override
        public void release() {
            try {
                output().close();
            } catch (IOException e) {
                // It does not listen any more: it is ended all the same.
                program.kill();
            }
            program.release();
            running.remove(this);
        }

        @Override
        public void close() {
            program.kill();
            running.remove(this);
        }
    }
}
