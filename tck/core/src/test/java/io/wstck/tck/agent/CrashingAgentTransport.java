package io.wstck.tck.agent;

import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.implementation.agent.AgentTransport;
import io.wstck.tck.implementation.calls.BundledCalledClient;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/**
 * Starts agents inside this JVM, which crash when they connect to a certain URL. Processes would take a second each to
 * start.
 */
final class CrashingAgentTransport implements AgentTransport {
    static final String DEADLY_URL = "ws://127.0.0.1:1/deadly";
    static final String LAST_WORDS = "a frame was more than I could take";

    @Override
    public AgentCapacity capacity() {
        return AgentCapacity.UNLIMITED;
    }

    @Override
    public AgentLink start() throws AgentException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket agent = new Socket(listener.getInetAddress(), listener.getLocalPort());
            Socket kit = listener.accept();
            agent.setTcpNoDelay(true);
            kit.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> serve(agent));
            return new CrashingAgentLink(kit, kit.getInputStream(), kit.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            AgentMain.serve(new CrashingClient(socket), socket.getInputStream(), socket.getOutputStream());
        } catch (IOException dead) {
            // The kit reads no more.
            return;
        }
    }

    private record CrashingClient(CalledClient client, Socket socket) implements CalledClient {
        CrashingClient(Socket socket) {
            this(new BundledCalledClient(), socket);
        }

        @Override
        public Description description() {
            return client.description();
        }

        @Override
        public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
            if (call.url().equals(DEADLY_URL)) {
                end(socket);
            }
            return client.connect(call);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record CrashingAgentLink(Socket socket, InputStream input, OutputStream output) implements AgentLink {
        @Override
        public List<String> outputLines() {
            return List.of(LAST_WORDS);
        }

        @Override
        public String ending() {
            return "exit status 7";
        }

        @Override
        public void release() {
            close();
        }

        @Override
        public void close() {
            end(socket);
        }
    }

    @Override
    public void close() {
        // The kit closes each link.
    }
}
