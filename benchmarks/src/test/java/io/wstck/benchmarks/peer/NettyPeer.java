package io.wstck.benchmarks.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;

/** Netty with NIO. A message is written and flushed, or the messages that answer one read are flushed together. */
class NettyPeer extends CallbackPeer {
    private static final int LARGEST_MESSAGE = 64 << 20;

    /** When messages are flushed. */
    private enum Flush {
        EACH_MESSAGE,
        EACH_READ
    }

    private final Flush flush;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private Channel channel;
    private byte[] payload;
    private boolean text;

    NettyPeer() {
        this(Flush.EACH_MESSAGE);
    }

    private NettyPeer(Flush flush) {
        this.flush = flush;
    }

    /** Flushes the messages that answer one read together. */
    static final class Coalescing extends NettyPeer {
        Coalescing() {
            super(Flush.EACH_READ);
        }
    }

    @Override
    public String version() {
        return Libraries.version(WebSocketFrame.class);
    }

    @Override
    void open(PeerTarget target) throws Exception {
        payload = target.workload().payload();
        text = target.workload().text();
        channel = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Pipeline(target))
                .connect("127.0.0.1", target.url().getPort())
                .sync()
                .channel();
        open.get();
    }

    @Override
    void begin(int count) throws Exception {
        channel.eventLoop()
                .submit(() -> {
                    for (int slot = 0; slot < count; slot++) {
                        sendOne();
                    }
                    channel.flush();
                })
                .get();
    }

    @Override
    void sendOne() {
        ByteBuf data = channel.alloc().buffer(payload.length).writeBytes(payload);
        WebSocketFrame frame = text ? new TextWebSocketFrame(data) : new BinaryWebSocketFrame(data);
        if (flush == Flush.EACH_MESSAGE) {
            var _ = channel.writeAndFlush(frame, channel.voidPromise());
        } else {
            var _ = channel.write(frame, channel.voidPromise());
        }
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        var _ = group.shutdownGracefully();
    }

    private final class Pipeline extends ChannelInitializer<SocketChannel> {
        private final PeerTarget target;

        Pipeline(PeerTarget target) {
            this.target = target;
        }

        @Override
        protected void initChannel(SocketChannel socket) {
            if (target.trust().isPresent()) {
                SSLEngine engine = target.trust()
                        .get()
                        .context()
                        .createSSLEngine("127.0.0.1", target.url().getPort());
                engine.setUseClientMode(true);
                socket.pipeline().addLast(new SslHandler(engine));
            }
            socket.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(1 << 16));
            if (target.deflate()) {
                socket.pipeline().addLast(new WebSocketClientCompressionHandler(LARGEST_MESSAGE));
            }
            socket.pipeline()
                    .addLast(
                            new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                                    .webSocketUri(target.url())
                                    .allowExtensions(target.deflate())
                                    .maxFramePayloadLength(LARGEST_MESSAGE)
                                    .build()),
                            new WebSocketFrameAggregator(LARGEST_MESSAGE),
                            new Receiver());
        }
    }

    private final class Receiver extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            received(frame.content().readableBytes());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (flush == Flush.EACH_READ) {
                context.flush();
            }
            context.fireChannelReadComplete();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                open.complete(null);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            open.completeExceptionally(cause);
            failed(cause);
        }
    }
}
