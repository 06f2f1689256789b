package io.wstck.tck.implementation.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Starts a command for each agent, and talks to it over standard input and output. */
public final class ProcessTransport implements AgentTransport {
    private final List<String> command;
    private final Path folder;
    private final AgentLinks links = AgentLinks.withShutdownHook();

    /**
     * Creates the transport; starts nothing.
     *
     * @param command the program and its arguments
     * @param folder the folder to run it in
     */
    public ProcessTransport(List<String> command, Path folder) {
        this.command = List.copyOf(command);
        this.folder = folder;
    }

    @Override
    public AgentCapacity capacity() {
        return AgentCapacity.UNLIMITED;
    }

    @Override
    public AgentLink start() throws AgentException {
        ProcessBuilder builder = builder(command, folder);
        // The variable may be set in the kit's environment. This agent must use its standard streams.
        builder.environment().remove(DialInTransport.CONTROL);
        return links.open(() -> new ProcessLink(start(builder), links));
    }

    @Override
    public void close() {
        links.close();
    }

    static ProcessBuilder builder(List<String> command, Path folder) {
        return new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
    }

    static ProcessTree start(ProcessBuilder builder) throws AgentException {
        try {
            return ProcessTree.start(builder);
        } catch (IOException e) {
            String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new AgentException(
                    AgentException.Fault.REQUEST,
                    "--agent: expected a command that can be started, got " + String.join(" ", builder.command()) + ": "
                            + cause);
        }
    }

    private static final class ProcessLink implements AgentLink {
        private final ProcessTree program;
        private final OutputExcerpt errors;
        private final AgentLinks links;

        ProcessLink(ProcessTree program, AgentLinks links) {
            this.program = program;
            this.links = links;
            errors = OutputExcerpt.of(program.process().getErrorStream(), "agent-stderr");
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
        public List<String> outputLines() {
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
                // The agent reads no more; it still has to be ended.
                program.kill();
            }
            program.release();
            links.remove(this);
        }

        @Override
        public void close() {
            program.kill();
            links.remove(this);
        }
    }
}
