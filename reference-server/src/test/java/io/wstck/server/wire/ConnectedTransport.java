package io.wstck.server.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.xnio.OptionMap;
import org.xnio.XnioWorker;

/** A transport for each test, and the socket of its peer. */
abstract class ConnectedTransport {
    private XnioWorker worker;
    private ServerSocket listening;
    Socket peer;
    TcpTransport transport;

    @BeforeEach
    void connect() throws IOException {
        worker = XnioWorkers.start("transport-test");
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var address = new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
        transport = new TcpTransport(
                worker.openStreamConnection(address, null, OptionMap.EMPTY).get());
        peer = listening.accept();
        peer.setSoTimeout(30_000);
    }

    @AfterEach
    void close() throws IOException {
        transport.abort();
        peer.close();
        listening.close();
        worker.shutdownNow();
    }
}
