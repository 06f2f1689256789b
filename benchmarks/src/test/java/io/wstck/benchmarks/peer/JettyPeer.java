package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.Jetty;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/** Jetty's client, which demands each message after the last one. */
final class JettyPeer extends CallbackPeer {
    private static final long LARGEST_MESSAGE = 64L << 20;
    private static final int CONNECT_SECONDS = 10;

    private WebSocketClient client;
    private Session session;
    private byte[] payload;
    private String text;
    private boolean isText;

    @Override
    public String version() {
        return Jetty.VERSION;
    }

    @Override
    void open(PeerTarget target) throws Exception {
        payload = target.workload().payload();
        isText = target.workload().text();
        text = isText ? new String(payload, US_ASCII) : "";
        HttpClient http = new HttpClient();
        target.trust().ifPresent(tls -> {
            SslContextFactory.Client factory = new SslContextFactory.Client();
            factory.setSslContext(tls.context());
            http.setSslContextFactory(factory);
        });
        client = new WebSocketClient(http);
        // A client waits longer for its turn than the 30 s after which Jetty closes a connection.
        client.setIdleTimeout(Duration.ZERO);
        client.start();
        ClientUpgradeRequest request = new ClientUpgradeRequest(target.url());
        if (target.deflate()) {
            request.addExtensions("permessage-deflate");
        }
        session = client.connect(new Receiver(), request).get(CONNECT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    void sendOne() {
        Callback done = Callback.from(() -> {}, this::failed);
        if (isText) {
            session.sendText(text, done);
        } else {
            session.sendBinary(ByteBuffer.wrap(payload), done);
        }
    }

    @Override
    public void close() throws IOException {
        session.disconnect();
        try {
            client.stop();
        } catch (Exception e) {
            throw new IOException("the client does not stop", e);
        }
    }

    /** Jetty calls it by reflection, so it is public. */
    public final class Receiver implements Session.Listener {
        private Session from;

        @Override
        public void onWebSocketOpen(Session opened) {
            from = opened;
            opened.setMaxTextMessageSize(LARGEST_MESSAGE);
            opened.setMaxBinaryMessageSize(LARGEST_MESSAGE);
            opened.demand();
        }

        @Override
        public void onWebSocketText(String message) {
            received(message.length());
            from.demand();
        }

        @Override
        public void onWebSocketBinary(ByteBuffer message, Callback callback) {
            int length = message.remaining();
            callback.succeed();
            received(length);
            from.demand();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            failed(cause);
        }
    }
}
