package io.wstck.client.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener on loopback. Tests write the bytes of its connections themselves. */
final class ScriptedServer implements AutoCloseable {
    private static final int TEST_TIMEOUT_MILLIS = 20_000;

    private final ServerSocket listener;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();

    ScriptedServer() throws IOException {
        this(new ServerSocket());
        // Small, so that a peer that does not read blocks the client soon.
        listener.setReceiveBufferSize(4096);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    }

    /** @param listener unbound, or bound to loopback; this object owns it */
    ScriptedServer(ServerSocket listener) throws IOException {
        this.listener = listener;
        listener.setSoTimeout(TEST_TIMEOUT_MILLIS);
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "ws://127.0.0.1:" + port() + "/test?x=1";
    }

    Peer accept() throws IOException {
        Socket socket = listener.accept();
        socket.setSoTimeout(TEST_TIMEOUT_MILLIS);
        Peer peer = new Peer(socket);
        peers.add(peer);
        return peer;
    }

    /**
     * Returns whether no client has connected. It connects itself: if it accepts that connection first, there was no
     * other.
     */
    boolean hasNoConnection() throws IOException {
        try (Socket marker = new Socket(InetAddress.getLoopbackAddress(), port());
                Peer first = accept()) {
            return first.remotePort() == marker.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Peer peer : new ArrayList<>(peers)) {
            peer.close();
        }
    }
}
