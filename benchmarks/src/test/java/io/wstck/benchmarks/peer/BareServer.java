package io.wstck.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/**
 * An echo server on blocking sockets, without any check. It answers each frame with the same frame, unmasked. It
 * writes the answers of one read together. Arguments: the file with its key, and the kind of its threads, one per
 * connection: {@code platform} or {@code virtual}. It prints the ports of {@code ws://} and {@code wss://}, and ends
 * with its input.
 */
public final class BareServer {
    private static final int BUFFER = 64 * 1024;
    private static final int BACKLOG = 1024;
    private static final int OPCODE = 0x0F;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;

    private BareServer() {}

    /** Starts the server. */
    public static void main(String[] arguments) throws Exception {
        ThreadFactory threads = (arguments[1].equals("virtual")
                        ? Thread.ofVirtual()
                        : Thread.ofPlatform().daemon())
                .factory();
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        ServerSocket plain = new ServerSocket(0, BACKLOG, loopback);
        ServerSocket tls = TestTls.read(Path.of(arguments[0]))
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, BACKLOG, loopback);
        for (ServerSocket listener : new ServerSocket[] {plain, tls}) {
            Thread.ofPlatform().daemon().start(() -> accept(listener, threads));
        }
        System.out.println(plain.getLocalPort() + " " + tls.getLocalPort());
        while (System.in.read() >= 0) {
            // The parent keeps the input open while it measures.
        }
    }

    private static void accept(ServerSocket listener, ThreadFactory threads) {
        try {
            while (true) {
                Socket socket = listener.accept();
                threads.newThread(() -> echo(socket)).start();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the server cannot accept connections", e);
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            RawHandshake.accept(in, out);
            new Echo(in, out).run();
        } catch (IOException e) {
            // The client has gone. Its own process reports why.
            return;
        }
    }

    /** The frames of one connection. */
    private static final class Echo {
        private final InputStream in;
        private final OutputStream out;
        /** Idle connections hold little memory, so that thousands of them can be measured. */
        private byte[] input = new byte[512];

        private byte[] output = new byte[input.length];
        private int position;
        private int limit;
        private int filled;
        private long payloadLeft;
        private int key;
        private boolean closing;

        Echo(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        void run() throws IOException {
            while (!closing || payloadLeft > 0) {
                System.arraycopy(input, position, input, 0, limit - position);
                limit -= position;
                position = 0;
                int count = in.read(input, limit, input.length - limit);
                if (count < 0) {
                    return;
                }
                limit += count;
                takeInput();
                out.write(output, 0, filled);
                filled = 0;
                if (limit == input.length && input.length < BUFFER) {
                    input = java.util.Arrays.copyOf(input, BUFFER);
                    output = new byte[BUFFER];
                }
            }
        }

        private void takeInput() {
            while (position < limit) {
                if (payloadLeft == 0 && !takeHeader()) {
                    return;
                }
                int count = (int) Math.min(payloadLeft, limit - position);
                key = Frames.mask(input, position, output, filled, count, key);
                position += count;
                filled += count;
                payloadLeft -= count;
            }
        }

        private boolean takeHeader() {
            int length = Frames.headerLength(input, position, limit - position);
            if (length > limit - position) {
                return false;
            }
            payloadLeft = Frames.payloadLength(input, position);
            key = Frames.key(input, position + length);
            int first = input[position] & 0xFF;
            int opcode = first & OPCODE;
            closing = opcode == CLOSE;
            position += length;
            filled = Frames.putHeader(output, filled, opcode == PING ? first + 1 : first, 0, payloadLeft, 0);
            return true;
        }
    }
}
