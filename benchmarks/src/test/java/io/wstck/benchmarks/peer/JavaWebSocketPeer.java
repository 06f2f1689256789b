package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;

/** Java-WebSocket, whose sends are queued and written by a thread of its own. */
final class JavaWebSocketPeer extends CallbackPeer {
    private static final int CONNECT_SECONDS = 10;

    private Client client;
    private byte[] payload;
    private String text;
    private boolean isText;

    @Override
    public String version() {
        return Libraries.version(WebSocketClient.class);
    }

    @Override
    void open(PeerTarget target) throws Exception {
        payload = target.workload().payload();
        isText = target.workload().text();
        text = isText ? new String(payload, US_ASCII) : "";
        client = new Client(target);
        target.trust().ifPresent(tls -> client.setSocketFactory(tls.context().getSocketFactory()));
        client.setTcpNoDelay(true);
        // No pings between the turns: the bare server would send each of them back as a ping.
        client.setConnectionLostTimeout(0);
        if (!client.connectBlocking(CONNECT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("expected a connection within " + CONNECT_SECONDS + " s");
        }
    }

    @Override
    void sendOne() {
        if (isText) {
            client.send(text);
        } else {
            client.send(payload);
        }
    }

    @Override
    public void close() {
        client.closeConnection(1000, "");
    }

    private final class Client extends WebSocketClient {
        Client(PeerTarget target) {
            super(target.url(), new Draft_6455(target.deflate() ? List.of(deflate()) : List.of()));
        }

        private static PerMessageDeflateExtension deflate() {
            PerMessageDeflateExtension extension = new PerMessageDeflateExtension();
            extension.setThreshold(0);
            extension.setServerNoContextTakeover(false);
            return extension;
        }

        @Override
        public void onOpen(ServerHandshake response) {
            // connectBlocking waits for it.
        }

        @Override
        public void onMessage(String message) {
            received(message.length());
        }

        @Override
        public void onMessage(ByteBuffer message) {
            received(message.remaining());
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            failed(new IOException("closed with " + code + " " + reason));
        }

        @Override
        public void onError(Exception cause) {
            failed(cause);
        }
    }
}
