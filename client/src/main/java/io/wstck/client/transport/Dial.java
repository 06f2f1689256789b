package io.wstck.client.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** One attempt to reach a server, from the name lookup on, that can be abandoned from any thread at any time. */
final class Dial implements Registry.Entry {
    private final long deadline;
    /** Guards socket and abandoned. */
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<Socket> socket = Optional.empty();
    private boolean abandoned;

    /** @param deadline for the whole dial, in {@link System#nanoTime()} */
    Dial(long deadline) {
        this.deadline = deadline;
    }

    /** Connects to the first address of the host that answers; the time left is shared among those not tried yet. */
    Socket connect(String host, int port) throws IOException, InterruptedException {
        InetAddress[] addresses = resolve(host);
        IOException failure = new IOException("no address for " + host);
        for (int index = 0; index < addresses.length; index++) {
            InetSocketAddress address = new InetSocketAddress(addresses[index], port);
            Socket candidate = open();
            try {
                long share = millisLeft() / (addresses.length - index);
                candidate.connect(address, Math.clamp(share, 1, Integer.MAX_VALUE));
                candidate.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return candidate;
            } catch (IOException e) {
                Sockets.closeQuietly(candidate);
                failure = new IOException("TCP connect to " + address + ": " + e.getMessage(), e);
            }
        }
        throw failure;
    }

    /** Drops TCP, now or as soon as there is any. */
    @Override
    public void release() {
        lock.lock();
        try {
            abandoned = true;
            socket.ifPresent(Sockets::closeQuietly);
        } finally {
            lock.unlock();
        }
    }

    private Socket open() throws IOException {
        // Whether there is a proxy is not for a system property to say.
        Socket fresh = new Socket(Proxy.NO_PROXY);
        lock.lock();
        try {
            if (abandoned) {
                Sockets.closeQuietly(fresh);
                throw new IOException("the dial was abandoned");
            }
            socket = Optional.of(fresh);
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /** The system's name lookup cannot be bounded: it gets a thread of its own, which is left to itself when time is up. */
    private InetAddress[] resolve(String host) throws IOException, InterruptedException {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread.ofVirtual().name("wstck-lookup").start(lookup);
        try {
            return lookup.get(millisLeft(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("lookup of " + host + " took too long");
        } catch (ExecutionException e) {
            throw new IOException("lookup of " + host + ": unknown host", e.getCause());
        }
    }

    private long millisLeft() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }
}
