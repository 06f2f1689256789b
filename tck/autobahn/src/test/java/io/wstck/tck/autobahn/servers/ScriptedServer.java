package io.wstck.tck.autobahn.servers;

import io.wstck.server.wire.handshake.AcceptKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a raw socket that does the same on each connection. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger connections = new AtomicInteger();

    /** Plays one connection. The server closes it afterwards. */
    @FunctionalInterface
    interface ConnectionScript {
        void play(Socket socket) throws IOException;
    }

    private ScriptedServer(ServerSocket listener) {
        this.listener = listener;
    }

    static ScriptedServer open(ConnectionScript script) throws IOException {
        ScriptedServer server = new ScriptedServer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
        var _ = server.threads.submit(() -> server.accept(script));
        return server;
    }

    private Void accept(ConnectionScript script) throws IOException {
        while (!listener.isClosed()) {
            Socket socket = listener.accept();
            int _ = connections.incrementAndGet();
            var _ = threads.submit(() -> {
                try (socket) {
                    script.play(socket);
                }
                return null;
            });
        }
        return null;
    }

    /** The number of connections so far. */
    int connections() {
        return connections.get();
    }

    String url() {
        return "ws://127.0.0.1:" + listener.getLocalPort() + "/chat?room=1";
    }

    /** Reads the head of a request. */
    static String request(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("expected a whole request, got " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Answers the opening handshake, with further header lines. */
    static void accept(Socket socket, String... lines) throws IOException {
        String key = request(socket).replaceFirst("(?s).*Sec-WebSocket-Key: ([^\r]*)\r\n.*", "$1");
        send(
                socket,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + AcceptKey.answer(key) + "\r\n" + String.join("", lines) + "\r\n");
    }

    static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads until the client ends the connection. */
    static void readToTheEnd(Socket socket) throws IOException {
        byte[] buffer = new byte[64 << 10];
        InputStream in = socket.getInputStream();
        while (in.read(buffer) >= 0) {
            // The bytes do not matter.
        }
    }

    /** Passes all bytes to another server and back, until both directions have ended. */
    static void relay(Socket client, int port) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread back = Thread.ofVirtual().start(() -> pump(server, client));
            pump(client, server);
            back.join();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // The other direction meets the end, too.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
