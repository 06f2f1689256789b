package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.websockets.client.WebSocketClient;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.IoFuture;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Pooled;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Undertow's client, without permessage-deflate. */
final class UndertowPeer extends CallbackPeer {
    private static final int CONNECT_SECONDS = 10;
    private static final int POOLED_BUFFER = 16 * 1024;

    private XnioWorker worker;
    private WebSocketChannel channel;
    private byte[] payload;
    private String text;
    private boolean isText;

    @Override
    public String version() {
        return Libraries.version(WebSocketClient.class);
    }

    @Override
    void open(PeerTarget target) throws IOException {
        if (target.deflate()) {
            throw new UnsupportedOperationException("is measured without permessage-deflate");
        }
        payload = target.workload().payload();
        isText = target.workload().text();
        text = isText ? new String(payload, US_ASCII) : "";
        Xnio xnio = Xnio.getInstance();
        worker = xnio.createWorker(OptionMap.builder()
                .set(Options.WORKER_IO_THREADS, 1)
                .set(Options.TCP_NODELAY, true)
                .set(Options.THREAD_DAEMON, true)
                .getMap());
        WebSocketClient.ConnectionBuilder connecting =
                WebSocketClient.connectionBuilder(worker, new DefaultByteBufferPool(true, POOLED_BUFFER), target.url());
        target.trust().ifPresent(tls -> connecting.setSsl(new UndertowXnioSsl(xnio, OptionMap.EMPTY, tls.context())));
        IoFuture<WebSocketChannel> dial = connecting
                .setOptionMap(OptionMap.create(Options.TCP_NODELAY, true))
                .connect();
        if (dial.await(CONNECT_SECONDS, TimeUnit.SECONDS) == IoFuture.Status.WAITING) {
            throw new IOException("expected a connection within " + CONNECT_SECONDS + " s");
        }
        channel = dial.get();
        channel.getReceiveSetter().set(new Receiver());
        channel.resumeReceives();
    }

    @Override
    void sendOne() {
        if (isText) {
            WebSockets.sendText(text, channel, null);
        } else {
            WebSockets.sendBinary(ByteBuffer.wrap(payload), channel, null);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        worker.shutdownNow();
    }

    @SuppressWarnings("deprecation") // Pooled
    private final class Receiver extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
            received(message.getData().length());
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel from, BufferedBinaryMessage message) {
            Pooled<ByteBuffer[]> data = message.getData();
            int length = 0;
            for (ByteBuffer part : data.getResource()) {
                length += part.remaining();
            }
            data.close();
            received(length);
        }

        @Override
        protected void onError(WebSocketChannel from, Throwable cause) {
            failed(cause);
        }
    }
}
