package io.wstck.tck.autobahn.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A driver's connection on a raw socket, for tests: it sends a handshake and frames, reads frames, and echoes. */
public final class TestDriver implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;
    private final String head;

    private TestDriver(Socket socket, DataInputStream in, String head) {
        this.socket = socket;
        this.in = in;
        this.head = head;
    }

    /** A received frame, which is not masked. */
    public static final class Frame {
        private final int first;
        private final byte[] payload;

        private Frame(int first, byte[] payload) {
            this.first = first;
            this.payload = payload;
        }

        public int opcode() {
            return first & 15;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /** Sends a handshake to {@code address} with further header lines, and reads any answer. */
    public static TestDriver connect(InetAddress address, int port, String target, String... lines) throws IOException {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String line : lines) {
            request.append(line).append("\r\n");
        }
        return send(address, port, request.append("\r\n").toString());
    }

    /** Sends a handshake to 127.0.0.1. */
    public static TestDriver connect(int port, String target, String... lines) throws IOException {
        return connect(InetAddress.ofLiteral("127.0.0.1"), port, target, lines);
    }

    /**
     * Connects to a server that is starting in another thread or process. Retries while connections are refused.
     */
    public static TestDriver connectLater(int port, String target) throws IOException {
        long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (true) {
            try {
                return connect(port, target);
            } catch (ConnectException refused) {
                if (System.nanoTime() > limit) {
                    throw refused;
                }
                // The server needs the processors more than another attempt does.
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** Sends {@code request} unchanged, and reads the head of the answer. */
    public static TestDriver send(InetAddress address, int port, String request) throws IOException {
        Socket socket = new Socket(address, port);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("expected an HTTP answer, got " + head);
            }
            head.append((char) next);
        }
        return new TestDriver(socket, in, head.toString());
    }

    /** The status line and the headers of the answer. */
    public String head() {
        return head;
    }

    /** The body of an answer that is not a 101: all remaining bytes. */
    public String body() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    public Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        int length = switch (second) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> second;
        };
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first, payload);
    }

    /** Sends a frame, masked with zeros. */
    public void frame(int first, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.write(new byte[4]);
        frame.write(payload);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /** Sends a close frame with 1000. */
    public void sendClose() throws IOException {
        frame(0x80 | CLOSE, new byte[] {3, (byte) 0xE8});
    }

    /** Reads one text message and then an empty close frame, answers it, and waits for the end of TCP. */
    public String conclude() throws IOException {
        String text = read().text();
        closing();
        return text;
    }

    /** Reads an empty close frame, answers it, and waits for the end of TCP. */
    public void closing() throws IOException {
        Frame frame = read();
        if (frame.opcode() != CLOSE || frame.payload.length != 0) {
            throw new AssertionError("expected an empty close frame, got opcode " + frame.opcode() + " with "
                    + frame.payload.length + " bytes");
        }
        frame(0x80 | CLOSE, new byte[0]);
        end();
    }

    /** Waits for the end of TCP. */
    public void end() throws IOException {
        if (in.read() >= 0) {
            throw new AssertionError("expected the end of TCP, got another byte");
        }
    }

    /**
     * Echoes at most {@code count} messages, and returns at the first frame that is not a message or comes after them.
     */
    public void echoFirst(int count) throws IOException {
        Frame frame = read();
        for (int left = count; left > 0 && (frame.opcode() == TEXT || frame.opcode() == BINARY); left--) {
            frame(frame.first, frame.payload);
            frame = read();
        }
    }

    /** Echoes whole messages, and answers pings and the close, until the end. An invalid frame ends the echo. */
    public void echo() throws IOException {
        while (true) {
            Frame frame = read();
            switch (frame.opcode()) {
                case TEXT, BINARY -> frame(frame.first, frame.payload);
                case PING -> frame(0x80 | PONG, frame.payload);
                case CLOSE -> {
                    frame(0x80 | CLOSE, frame.payload);
                    end();
                    return;
                }
                default ->
                    throw new AssertionError("expected a whole message or a control frame, got " + frame.opcode());
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
