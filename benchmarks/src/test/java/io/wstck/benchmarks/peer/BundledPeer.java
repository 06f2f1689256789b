package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.softwaremill.jox.Select;
import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Message;
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

    /** Answers the messages that have arrived with one batch. */
    static final class Batching extends BundledPeer {
        private enum Nothing {
            ARRIVED
        }
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
            int count = super.receive(1);
            while (count < most) {
                Object next = Select.<Object>selectOrClosed(
                        connection().messages().receiveClause(message -> message),
                        Select.defaultClause(Nothing.ARRIVED));
                if (next == Nothing.ARRIVED) {
                    return count;
                }
                check((Message) next);
                count++;
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
        target.trust().ifPresent(tls -> builder.sslContext(tls.context()));
        client = builder.build();
        CompressionMode compression = target.deflate() ? CompressionMode.CONTEXT_TAKEOVER : CompressionMode.DISABLED;
        ConnectOptions options = ConnectOptions.builder()
                .compression(compression)
                .compressionThreshold(0)
                .build();
        connection = client.connect(target.url().toString(), options);
        payload = target.workload().payload();
        isText = target.workload().text();
        text = isText ? new String(payload, US_ASCII) : "";
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
        check(connection.messages().receive());
        return 1;
    }

    final void check(Message message) {
        int length = message.bytes().length;
        if (length != payload.length) {
            throw new IllegalStateException("expected an echo of " + payload.length + " bytes, got " + length);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
