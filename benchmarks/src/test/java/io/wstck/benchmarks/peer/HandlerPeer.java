package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;

/** The bundled client with a handler of messages, which sends the next message on the reading thread. */
final class HandlerPeer extends CallbackPeer {
    private WebSocketClient client;
    private Connection connection;
    private String text;

    @Override
    public String version() {
        return "";
    }

    @Override
    void open(PeerTarget target) throws Exception {
        if (!target.workload().text()) {
            // The server reads no more while it writes, so both sides would wait for each other.
            throw new UnsupportedOperationException("its handler sends messages that the sockets cannot buffer");
        }
        text = new String(target.workload().payload(), US_ASCII);
        client = BundledPeer.settings(target, WebSocketClient.builder()).build();
        connection = client.connect(target.url().toString(), BundledPeer.options(target), (_, message) -> {
            received(message.bytes().length);
        });
    }

    @Override
    void sendOne() throws Exception {
        connection.send(text);
    }

    @Override
    public void close() {
        client.close();
    }
}
