package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.MessageBatch;
import io.wstck.client.WebSocketClient;

/** The bundled client through its Java API, with its defaults; each message is sent by a call. */
class BundledPeer extends BlockingPeer {
    private final WebSocketClient.Builder builder;
    private WebSocketClient client;
    private Connection connection;
    private byte[] payload;
    private String text;
    private boolean isText;

    BundledPeer() {
        this(WebSocketClient.builder());
    }

    private BundledPeer(WebSocketClient.Builder builder) {
        this.builder = builder;
    }

    /** Reads on a virtual thread, as a connection behind many others does. */
    static final class VirtualReader extends BundledPeer {
        VirtualReader() {
            super(WebSocketClient.builder().threadFactory(Thread.ofVirtual().factory()));
        }
    }

    /** Answers half of the messages in flight at a time, with one batch. */
    static final class Batching extends BundledPeer {
        @Override
        void send(int count) throws Exception {
            try (MessageBatch batch = connection().batch()) {
                for (int message = 0; message < count; message++) {
                    if (isText()) {
                        batch.send(text());
                    } else {
                        batch.sendBinary(payload());
                    }
                }
            }
        }

        @Override
        int receive(int most) throws Exception {
            int count = Math.max(1, most / 2);
            for (int message = 0; message < count; message++) {
                var _ = super.receive(1);
            }
            return count;
        }
    }

    @Override
    public String version() {
        return "";
    }

    final Connection connection() {
        return connection;
    }

    final boolean isText() {
        return isText;
    }

    final String text() {
        return text;
    }

    final byte[] payload() {
        return payload;
    }

    @Override
    final void open(PeerTarget target) throws Exception {
        client = settings(target, builder).build();
        connection = client.connect(target.url().toString(), options(target));
        payload = target.workload().payload();
        isText = target.workload().text();
        text = isText ? new String(payload, US_ASCII) : "";
    }

    /** Adds the trust that the target needs. */
    static WebSocketClient.Builder settings(PeerTarget target, WebSocketClient.Builder builder) {
        target.trust().ifPresent(tls -> builder.sslContext(tls.context()));
        return builder;
    }

    /** Returns the options of the connection that is measured. */
    static ConnectOptions options(PeerTarget target) {
        CompressionMode compression = target.deflate() ? CompressionMode.CONTEXT_TAKEOVER : CompressionMode.DISABLED;
        return ConnectOptions.builder()
                .compression(compression)
                .compressionThreshold(0)
                .build();
    }

    @Override
    void send(int count) throws Exception {
        for (int message = 0; message < count; message++) {
            if (isText) {
                connection.send(text);
            } else {
                connection.sendBinary(payload);
            }
        }
    }

    @Override
    int receive(int most) throws Exception {
        int length = connection.messages().receive().bytes().length;
        if (length != payload.length) {
            throw new IllegalStateException("expected an echo of " + payload.length + " bytes, got " + length);
        }
        return 1;
    }

    @Override
    public void close() {
        client.close();
    }
}
