package io.wstck.tck.implementation.calls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.client.CloseStatus;
import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The bundled client's connections as WebSocket objects of the WHATWG standard. One of their attributes may be wrong.
 */
public final class WebSocketObjectClient implements CalledClient {
    private static final Duration TICK = Duration.ofMillis(1);

    private final BundledCalledClient bundled = new BundledCalledClient();
    private final Consumer<ObjectNode> change;
    private final Failures failures;

    /** How much a page learns about a failed connect. */
    public enum Failures {
        ALIKE,
        TOLD_APART
    }

    /**
     * Creates the client.
     *
     * @param change applied to the attributes before they are returned
     */
    public WebSocketObjectClient(Consumer<ObjectNode> change, Failures failures) {
        this.change = change;
        this.failures = failures;
    }

    @Override
    public Description description() {
        return new Description(
                "wstck-client, as WebSocket objects",
                "test",
                "Java",
                EnumSet.of(Capability.SUBPROTOCOLS, Capability.WEB));
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException {
        URI url = URI.create(call.url().replaceFirst("^http", "ws")).normalize();
        ObjectNode options = call.options().json().deepCopy().put("compression", 1);
        try {
            CalledConnection connection = bundled.connect(new ConnectCall(
                    url.toString(), new CallOptions(options), call.policy(), call.context(), call.trust()));
            return new WebSocketObject(url, (BundledCalledClient.BundledConnection) connection);
        } catch (CallFailedException e) {
            throw failures == Failures.TOLD_APART
                    ? e
                    : new CallFailedException(e.kind(), "the connection was not made", e.retry());
        }
    }

    private final class WebSocketObject implements CalledConnection {
        private final URI url;
        private final BundledCalledClient.BundledConnection called;
        private final AtomicLong unsent = new AtomicLong();
        private volatile boolean closing;

        WebSocketObject(URI url, BundledCalledClient.BundledConnection called) {
            this.url = url;
            this.called = called;
        }

        private Connection connection() {
            return called.connection();
        }

        @Override
        public void send(Optional<MessageType> type, byte[] data) throws CallFailedException {
            if (closing || connection().state() != ConnectionState.OPEN) {
                unsent.addAndGet(data.length);
            } else {
                called.send(type, data);
            }
        }

        @Override
        public void ping() throws CallFailedException {
            called.ping();
        }

        /** The event {@code close} follows the end of TCP, and no message is delivered after close(). */
        @Override
        public Received receive(Optional<Duration> wait) throws InterruptedException {
            Received received = called.receive(wait);
            while (received.equals(Received.closed()) && connection().state() != ConnectionState.CLOSED) {
                Thread.sleep(TICK);
            }
            return received;
        }

        @Override
        public void close(OptionalDouble code, Optional<String> reason) {
            closing = true;
            Thread.startVirtualThread(() -> {
                try {
                    called.close(code, reason);
                } catch (CallFailedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        @Override
        public ObjectNode attributes() {
            Optional<CloseStatus> remote = connection().remoteClose();
            boolean closed = connection().state() == ConnectionState.CLOSED;
            boolean main = connection().subprotocol().isPresent();
            ObjectNode attributes = JsonNodeFactory.instance
                    .objectNode()
                    .put("url", url.toString())
                    .put("readyState", closed ? 3 : closing ? 2 : 1)
                    .put("bufferedAmount", unsent.get())
                    // The client does not expose it. In the case that asks, the server selects both or neither.
                    .put("extensions", main ? "permessage-deflate" : "")
                    .put("protocol", connection().subprotocol().orElse(""));
            if (closed) {
                attributes
                        .putObject("close")
                        .put("code", remote.map(CloseStatus::code).orElse(1006))
                        .put("reason", remote.map(CloseStatus::reason).orElse(""))
                        .put("wasClean", remote.isPresent());
            }
            change.accept(attributes);
            return attributes;
        }

        @Override
        public void release() {
            called.release();
        }
    }
}
