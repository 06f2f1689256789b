package io.wstck.benchmarks.peer;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.xnio.Pooled;

/** An echo server with Undertow's own WebSocket layer. It prints its port, and ends with its input. */
public final class UndertowServer {
    private UndertowServer() {}

    /** Starts the server. */
    public static void main(String[] arguments) throws IOException {
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(Handlers.websocket((exchange, channel) -> {
                    channel.getReceiveSetter().set(new Echo());
                    channel.resumeReceives();
                }))
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        System.out.println(address.getPort());
        while (System.in.read() >= 0) {
            // The parent keeps the input open while it measures.
        }
        server.stop();
    }

    @SuppressWarnings("deprecation") // Pooled
    private static final class Echo extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            WebSockets.sendText(message.getData(), channel, null);
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            Pooled<ByteBuffer[]> data = message.getData();
            ByteBuffer whole = WebSockets.mergeBuffers(data.getResource());
            data.close();
            WebSockets.sendBinary(whole, channel, null);
        }
    }
}
