package io.wstck.client.measure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Echoes frames of at most 125 bytes on loopback, and answers a close frame. It uses one platform thread per
 * connection.
 */
final class RawEcho implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    RawEcho() throws IOException {
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String url() {
        return "ws://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofPlatform().daemon().start(() -> play(socket));
            }
        } catch (IOException e) {
            // The listener was closed.
            return;
        }
    }

    private static void play(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65_536));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 65_536);
            out.write(response(in).getBytes(ISO_8859_1));
            out.flush();
            byte[] frame = new byte[2 + 125];
            byte[] mask = new byte[4];
            do {
                frame[0] = in.readByte();
                int length = in.readByte() & 0x7F;
                frame[1] = (byte) length;
                in.readFully(mask);
                in.readFully(frame, 2, length);
                for (int index = 0; index < length; index++) {
                    frame[2 + index] ^= mask[index & 3];
                }
                out.write(frame, 0, 2 + length);
                if (in.available() == 0) {
                    out.flush();
                }
            } while ((frame[0] & 0x0F) != 8);
            out.flush();
        } catch (IOException e) {
            // The client has ended the connection.
            return;
        }
    }

    private static String response(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        String key = head.toString()
                .lines()
                .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                .findFirst()
                .orElseThrow()
                .substring(19);
        return "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept(key)
                + "\r\n\r\n";
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
