package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The JDK's own client, which has no permessage-deflate. A message is sent when the last one is sent. */
final class JdkPeer extends CallbackPeer {
    private HttpClient client;
    private WebSocket socket;
    private byte[] payload;
    private String text;
    private boolean isText;
    /** Guarded by this object. */
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

    @Override
    public String version() {
        return Runtime.version().toString();
    }

    @Override
    void open(PeerTarget target) {
        if (target.deflate()) {
            throw new UnsupportedOperationException("has no permessage-deflate");
        }
        HttpClient.Builder builder = HttpClient.newBuilder();
        target.trust().ifPresent(tls -> builder.sslContext(tls.context()));
        client = builder.build();
        payload = target.workload().payload();
        isText = target.workload().text();
        text = isText ? new String(payload, US_ASCII) : "";
        socket = client.newWebSocketBuilder()
                .buildAsync(target.url(), new Receiver())
                .join();
    }

    @Override
    synchronized void sendOne() {
        lastSend = lastSend.thenCompose(
                _ -> isText ? socket.sendText(text, true) : socket.sendBinary(ByteBuffer.wrap(payload), true));
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }

    private final class Receiver implements WebSocket.Listener {
        private int length;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            return take(from, data.length(), last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            return take(from, data.remaining(), last);
        }

        private CompletionStage<?> take(WebSocket from, int count, boolean last) {
            length += count;
            if (last) {
                received(length);
                length = 0;
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable cause) {
            failed(cause);
        }
    }
}
