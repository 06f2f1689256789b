package io.wstck.server;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Opcode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** A WebSocket client on a raw socket. It does exactly what a test says, legal or not. */
public final class RawClient implements AutoCloseable {
    static final int TIMEOUT_MS = 30_000;
    private static final int MASK = 0x01020304;

    private final Socket socket;
    private final DataInputStream in;
    private final URI url;

    /** A frame from the server. */
    public record Frame(int first, Bytes payload) {
        public int opcode() {
            return first & 15;
        }

        public String text() {
            return payload.text().orElseThrow();
        }

        public CloseStatus close() {
            return new CloseStatus(payload);
        }
    }

    private RawClient(URI url, Socket socket) throws IOException {
        this.url = url;
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Opens TCP only. */
    public static RawClient dial(URI url) throws IOException {
        return new RawClient(url, new Socket(url.getHost(), url.getPort()));
    }

    /** A client on an open connection. */
    public static RawClient on(Socket socket, URI url) throws IOException {
        return new RawClient(url, socket);
    }

    /** Opens TCP and performs the handshake. The server must accept it. */
    public static RawClient connect(URI url) throws IOException {
        RawClient peer = dial(url);
        var _ = peer.upgrade();
        return peer;
    }

    /** Performs the handshake with additional header lines and returns the answer. The server must accept it. */
    public String upgrade(String... lines) throws IOException {
        send(request(lines));
        String answer = readHead();
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("expected a 101, got " + answer);
        }
        return answer;
    }

    /** A correct request with additional header lines. */
    public String request(String... lines) {
        String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + url.getHost() + ":"
                + url.getPort() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n");
        for (String line : lines) {
            request.append(line).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    public void send(String latin1) throws IOException {
        send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads an HTTP answer up to its empty line. */
    public String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("expected an HTTP answer, got " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    public byte[] readBytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    public void text(String text) throws IOException {
        frame(0x80 | Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends text messages in one write. */
    public void texts(String... texts) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (String text : texts) {
            frames.writeBytes(encode(0x80 | Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8)));
        }
        send(frames.toByteArray());
    }

    /** Sends a masked frame. {@code first} is its first byte. */
    public void frame(int first, byte[] payload) throws IOException {
        send(encode(first, payload));
    }

    public void frame(int first, Bytes payload) throws IOException {
        frame(first, payload.toArray());
    }

    /** Sends a close frame with a code and a reason. */
    public void close(int code, String reason) throws IOException {
        frame(0x80 | Opcode.CLOSE, CloseStatus.of(code, reason).payload().toArray());
    }

    /** The bytes of a masked frame. */
    public static byte[] encode(int first, byte[] payload) {
        FrameHeader header = new FrameHeader(
                (first & 0x80) != 0,
                (first >> 4) & 7,
                first & 15,
                OptionalInt.of(MASK),
                payload.length,
                FrameHeader.minimalForm(payload.length));
        byte[] head = header.encode();
        byte[] masked = payload.clone();
        FrameHeader.applyMask(MASK, masked, masked.length, 0);
        return ByteBuffer.allocate(head.length + masked.length)
                .put(head)
                .put(masked)
                .array();
    }

    /** Reads the next frame, which must be unmasked. */
    public Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if ((second & 0x80) != 0) {
            throw new AssertionError("expected an unmasked frame");
        }
        int length = switch (second) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> second;
        };
        return new Frame(first, Bytes.owning(readBytes(length)));
    }

    /** Reads a close frame and answers it with the same payload. */
    public CloseStatus answerClose() throws IOException {
        Frame frame = read();
        if (frame.opcode() != Opcode.CLOSE) {
            throw new AssertionError("expected a close frame, got opcode " + frame.opcode());
        }
        frame(0x88, frame.payload());
        return frame.close();
    }

    /** Reads how the server ends TCP. Any byte before that is an error. */
    public String readEnd() throws IOException {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new AssertionError("expected the end of TCP, got byte " + next);
            }
            return "fin";
        } catch (SocketException reset) {
            return "rst";
        }
    }

    public Socket socket() {
        return socket;
    }

    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends TCP with RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
