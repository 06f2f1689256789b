package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** The opening handshake of the raw client and of the bare server, without checks (RFC 6455 §4). */
final class RawHandshake {
    private RawHandshake() {}

    /** Opens a connection as a client. */
    static void open(InputStream in, OutputStream out, PeerTarget target) throws IOException {
        String extensions = target.deflate() ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "";
        String request = "GET " + target.url().getPath() + " HTTP/1.1\r\nHost: "
                + target.url().getAuthority() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" + extensions + "\r\n";
        out.write(request.getBytes(ISO_8859_1));
        out.flush();
        String head = readHead(in);
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException(
                    "expected status 101, got " + head.lines().findFirst().orElse("nothing"));
        }
    }

    /** Answers a request as a server. It agrees to compression, with the takeover of contexts that the client asks. */
    static void accept(InputStream in, OutputStream out) throws IOException {
        String head = readHead(in);
        String offer = header(head, "sec-websocket-extensions");
        String extensions = "";
        if (offer.contains("permessage-deflate")) {
            // The server echoes compressed bytes as they came, so both directions have the same takeover.
            String reset = offer.contains("server_no_context_takeover")
                    ? "; server_no_context_takeover; client_no_context_takeover"
                    : "";
            extensions = "Sec-WebSocket-Extensions: permessage-deflate" + reset + "\r\n";
        }
        String response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + extensions + "Sec-WebSocket-Accept: " + acceptFor(header(head, "sec-websocket-key")) + "\r\n\r\n";
        out.write(response.getBytes(ISO_8859_1));
        out.flush();
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            int value = in.read();
            if (value < 0) {
                throw new EOFException("expected the head of an HTTP message, got " + head.length() + " bytes");
            }
            head.append((char) value);
        }
        return head.toString();
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String acceptFor(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
