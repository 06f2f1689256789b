package io.wstck.server.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells from the exception of a read or write how the peer ended TCP. A failed read has an exception type of its own
 * for a reset. A failed write has only the system's text, in the system's language. So this class compares it with the
 * texts of writes that failed for a known reason. Immutable.
 *
 * @param afterReset the text of a write that met the peer's RST
 * @param afterFin the text of a write that failed after the peer's FIN
 */
public record SocketErrors(Optional<String> afterReset, Optional<String> afterFin) {
    /** The number of attempts. It allows for packets of the peer that arrive late. */
    private static final int MAX_WRITES = 1_000;

    private static final long WRITE_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * Created when a write fails for the first time; most servers never need it. A platform thread makes the
     * connections, because a virtual thread that waits inside a class initializer keeps its carrier.
     */
    private static final class LazySocketErrors {
        static final CompletableFuture<SocketErrors> ERRORS = CompletableFuture.supplyAsync(
                () -> new SocketErrors(provokeFailedWrite(true), provokeFailedWrite(false)),
                task -> Thread.ofPlatform().daemon().name("wstck-socket-errors").start(task));
    }

    /** The texts of this system. The first call makes two loopback connections, which takes some milliseconds. */
    public static SocketErrors ofThisSystem() {
        return LazySocketErrors.ERRORS.join();
    }

    /** How the peer ended TCP, as far as {@code failure} shows. */
    public PeerEnd peerEnd(IOException failure) {
        // On every system the JDK throws exactly this class for a read that meets RST.
        if (failure.getClass() == SocketException.class) {
            return PeerEnd.RST;
        }
        Optional<String> text = Optional.ofNullable(failure.getMessage());
        if (text.isEmpty() || afterReset.equals(afterFin)) {
            return PeerEnd.ENDED;
        }
        if (text.equals(afterReset)) {
            return PeerEnd.RST;
        }
        return text.equals(afterFin) ? PeerEnd.FIN : PeerEnd.ENDED;
    }

    private static Optional<String> provokeFailedWrite(boolean reset) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(anyPort);
                SocketChannel near = SocketChannel.open(listener.getLocalAddress())) {
            return acceptAndEnd(listener, near, reset) ? failingWrite(near) : Optional.empty();
        } catch (IOException noLoopback) {
            return Optional.empty();
        }
    }

    /** Accepts one connection and ends it. Returns whether it was that of {@code near}. */
    private static boolean acceptAndEnd(ServerSocketChannel listener, SocketChannel near, boolean reset)
            throws IOException {
        try (SocketChannel far = listener.accept()) {
            if (reset) {
                far.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            return near.getLocalAddress().equals(far.getRemoteAddress());
        }
    }

    private static Optional<String> failingWrite(SocketChannel channel) {
        for (int i = 0; i < MAX_WRITES; i++) {
            try {
                var _ = channel.write(ByteBuffer.allocate(1));
            } catch (IOException failed) {
                return Optional.ofNullable(failed.getMessage());
            }
            LockSupport.parkNanos(WRITE_INTERVAL_NANOS);
        }
        return Optional.empty();
    }
}
