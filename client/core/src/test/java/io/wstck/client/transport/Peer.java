package io.wstck.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;

/**
 * The server's end of one connection: sends any bytes, reads what a client sends. Every read gives up after 20 seconds.
 */
final class Peer implements AutoCloseable {
    /** A frame of the client, with its unmasked payload in hex. */
    record Frame(int firstByte, boolean masked, String payload) {
        static Frame text(String text) {
            return new Frame(0x81, true, hex(text.getBytes(ISO_8859_1)));
        }

        static Frame binary(byte[] data) {
            return new Frame(0x82, true, hex(data));
        }

        static Frame close(int code, String reason) {
            byte[] bytes = reason.getBytes(ISO_8859_1);
            return new Frame(
                    0x88,
                    true,
                    hex(ByteBuffer.allocate(2 + bytes.length)
                            .putShort((short) code)
                            .put(bytes)
                            .array()));
        }

        static Frame of(int firstByte, String payload) {
            return new Frame(firstByte, true, payload);
        }

        /** Returns the code of a close frame. */
        int closeCode() {
            return Integer.parseInt(payload.substring(0, 4), 16);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private String request = "";

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 8192));
        this.out = socket.getOutputStream();
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns the TLS session after the handshake. */
    ExtendedSSLSession tls() {
        return (ExtendedSSLSession) ((SSLSocket) socket).getSession();
    }

    int remotePort() {
        return socket.getPort();
    }

    /** Reads the request and answers it with a correct 101, followed by these bytes in the same write. */
    Peer shakeHands(String glued) throws IOException {
        return answer(acceptingResponse(), glued);
    }

    Peer shakeHands() throws IOException {
        return shakeHands("");
    }

    Peer answer(String response, String glued) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(response.getBytes(ISO_8859_1));
        bytes.writeBytes(HexFormat.of().parseHex(glued.replace(" ", "")));
        send(bytes.toByteArray());
        return this;
    }

    /** Returns a response that opens the connection. Reads the request unless it was read before. */
    String acceptingResponse() throws IOException {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept(header("Sec-WebSocket-Key")) + "\r\n\r\n";
    }

    /** Answers the request with a correct 101 that has one more header line. */
    Peer shakeHandsWith(String line) throws IOException {
        return answer(acceptingResponse().replace("\r\n\r\n", "\r\n" + line + "\r\n\r\n"), "");
    }

    /** Returns the request's head, reading it the first time. */
    String request() throws IOException {
        if (request.isEmpty()) {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) in.readUnsignedByte());
            }
            request = head.toString();
        }
        return request;
    }

    String header(String name) throws IOException {
        for (String line : request().lines().toList()) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        throw new AssertionError("no header " + name + " in " + request);
    }

    void send(String hex) throws IOException {
        send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    int readByte() throws IOException {
        return in.readUnsignedByte();
    }

    void skip(int count) throws IOException {
        in.skipNBytes(count);
    }

    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        return new Frame(first, (second & 0x80) != 0, hex(payload(second)));
    }

    private byte[] payload(int second) throws IOException {
        int form = second & 0x7F;
        int length = form == 127 ? (int) in.readLong() : form == 126 ? in.readUnsignedShort() : form;
        byte[] key = new byte[4];
        if ((second & 0x80) != 0) {
            in.readFully(key);
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        for (int index = 0; index < length; index++) {
            payload[index] ^= key[index % 4];
        }
        return payload;
    }

    /**
     * Reads the frames of one message, and returns its payload.
     *
     * @param firstByte that of its first frame, without FIN
     */
    byte[] readMessage(int firstByte) throws IOException {
        int expected = firstByte;
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        while (true) {
            int first = in.readUnsignedByte();
            if ((first & 0x7F) != expected) {
                throw new AssertionError("expected first byte " + expected + " without FIN, got " + first);
            }
            payload.writeBytes(payload(in.readUnsignedByte()));
            if ((first & 0x80) != 0) {
                return payload.toByteArray();
            }
            expected = 0;
        }
    }

    /** Reads to the end of TCP, and returns whether no byte came before it. A reset also counts as the end. */
    boolean ends() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | java.net.SocketException e) {
            return true;
        }
    }

    /** Ends the server's side of TCP and reads until the client's has ended. */
    boolean endsAfterFin() throws IOException {
        endOutput();
        return ends();
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
