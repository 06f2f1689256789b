package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/** OkHttp, whose sends are queued and written by a thread of its own. */
final class OkHttpPeer extends CallbackPeer {
    private OkHttpClient client;
    private WebSocket socket;
    private ByteString payload;
    private String text;
    private boolean isText;

    @Override
    public String version() {
        return Libraries.version(OkHttpClient.class);
    }

    @Override
    void open(PeerTarget target) throws Exception {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        if (target.trust().isPresent()) {
            TestTls trust = target.trust().get();
            builder.sslSocketFactory(trust.context().getSocketFactory(), trust.manager());
        }
        if (target.deflate()) {
            builder.minWebSocketMessageToCompress(0);
        } else {
            builder.minWebSocketMessageToCompress(Long.MAX_VALUE);
        }
        client = builder.build();
        byte[] bytes = target.workload().payload();
        payload = ByteString.of(bytes);
        isText = target.workload().text();
        text = isText ? new String(bytes, US_ASCII) : "";
        Receiver receiver = new Receiver();
        socket = client.newWebSocket(
                new Request.Builder().url(target.url().toString()).build(), receiver);
        receiver.open.get();
    }

    @Override
    void sendOne() {
        boolean queued = isText ? socket.send(text) : socket.send(payload);
        if (!queued) {
            throw new IllegalStateException("the message was not queued");
        }
    }

    @Override
    public void close() {
        socket.cancel();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private final class Receiver extends WebSocketListener {
        private final CompletableFuture<Void> open = new CompletableFuture<>();

        @Override
        public void onOpen(WebSocket from, Response response) {
            open.complete(null);
        }

        @Override
        public void onMessage(WebSocket from, String message) {
            received(message.length());
        }

        @Override
        public void onMessage(WebSocket from, ByteString message) {
            received(message.size());
        }

        @Override
        public void onFailure(WebSocket from, Throwable cause, Response response) {
            open.completeExceptionally(cause);
            failed(cause);
        }
    }
}
