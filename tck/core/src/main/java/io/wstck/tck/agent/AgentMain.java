package io.wstck.tck.agent;

import io.wstck.tck.implementation.calls.CalledClient;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;

/** Runs a client on the JVM as an agent, in its own process or container. */
public final class AgentMain {
    private static final String CONTROL = "WSTCK_CONTROL";
    private static final int USAGE = 2;
    private static final int LOST = 1;

    private AgentMain() {}

    /**
     * Runs the agent.
     *
     * @param arguments the name of the client's class: a {@link CalledClient} with a constructor without arguments
     */
    public static void main(String[] arguments) {
        // Exits explicitly, since threads of the client may keep the JVM alive.
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("agent: expected the name of a class that is a " + CalledClient.class.getName()
                    + ", got " + arguments.length + " arguments");
            return USAGE;
        }
        Optional<CalledClient> client = create(arguments[0]);
        if (client.isEmpty()) {
            return USAGE;
        }
        try {
            serve(client.get());
            return 0;
        } catch (IOException e) {
            System.err.println("agent: " + e.getMessage());
            return LOST;
        }
    }

    private static Optional<CalledClient> create(String name) {
        try {
            return Optional.of(Class.forName(name)
                    .asSubclass(CalledClient.class)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException | ClassCastException e) {
            System.err.println("agent: expected " + name + " to be a " + CalledClient.class.getName()
                    + " with a constructor without arguments: " + e);
            return Optional.empty();
        }
    }

    /**
     * Serves the kit's requests until there are no more, then closes the client. If the environment variable
     * {@code WSTCK_CONTROL} has an address as {@code host:port}, the agent dials it. Otherwise it uses standard input
     * and output, and prints of the client go to standard error.
     *
     * @throws IOException if the kit cannot be reached, or the connection breaks in the middle of a line
     */
    public static void serve(CalledClient client) throws IOException {
        try (client) {
            Optional<String> control =
                    Optional.ofNullable(System.getenv(CONTROL)).filter(value -> !value.isBlank());
            if (control.isPresent()) {
                overTcp(client, control.get());
            } else {
                overStandardStreams(client);
            }
        }
    }

    private static void overTcp(CalledClient client, String address) throws IOException {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IOException(CONTROL + ": expected host:port, got " + address);
        }
        String host = address.substring(0, colon).replaceAll("^\\[|\\]$", "");
        try (Socket socket = dial(host, Integer.parseInt(address.substring(colon + 1)))) {
            serve(client, socket.getInputStream(), socket.getOutputStream());
        }
    }

    private static Socket dial(String host, int port) throws IOException {
        try {
            Socket socket = new Socket(host, port);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            throw new IOException("expected the kit at " + host + ":" + port + ", but: " + e.getMessage(), e);
        }
    }

    private static void overStandardStreams(CalledClient client) throws IOException {
        System.setOut(System.err);
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            serve(client, System.in, out);
        }
    }

    /** Serves the requests of any two streams; does not close the client. */
    static void serve(CalledClient client, InputStream in, OutputStream out) throws IOException {
        try (AgentService service = new AgentService(client, out)) {
            service.answerAll(in);
        }
    }
}
