package io.wstck.tck.prove;

import io.wstck.server.wire.handshake.AcceptKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** TCP connections without a WebSocket client, for null clients. For the thread of one script. The owner closes it. */
final class RawSockets implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_HEAD = 64 << 10;
    private static final int DEFAULT_PORT = 80;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<Socket> held = new ArrayList<>();

    /** Connects and closes at once. Returns whether the connect succeeded. */
    boolean dial(String url) {
        try (Socket _ = connect(url)) {
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Connects and keeps the connection open, without sending, until the session ends. */
    boolean hold(String url) {
        try {
            held.add(connect(url));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Makes the opening handshake (RFC 6455 §4.1) and drops TCP. Returns whether the response was correct. */
    boolean handshake(String url) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        try (Socket socket = connect(url)) {
            URI uri = URI.create(url);
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String request = "GET " + path + query + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                    + key + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String head = readHead(socket);
            return head.startsWith("HTTP/1.1 101") && head.contains(AcceptKey.answer(key));
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Socket connect(String url) throws IOException {
        URI uri = URI.create(url);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("expected a URL with a host, got " + url);
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(uri.getHost(), port), TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String readHead(Socket socket) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (head.size() < MAX_HEAD
                && !head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
    }
}
