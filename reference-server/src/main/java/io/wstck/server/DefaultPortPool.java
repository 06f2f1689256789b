package io.wstck.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lends loopback addresses to sessions that have a server on port 80, the default port of ws URLs. Each address has one
 * session at a time. Some systems have only the first loopback address. Any thread.
 */
final class DefaultPortPool {
    private static final int PORT = 80;
    private static final long MAX_WAIT_SECONDS = 5;

    /** The usual address is last, because another program most likely listens there. */
    private static final List<String> ADDRESSES = Stream.concat(
                    IntStream.rangeClosed(2, 9).mapToObj(last -> "127.0.0." + last), Stream.of("127.0.0.1"))
            .toList();

    /** Guards the field below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition released = lock.newCondition();
    private final Set<String> inUse = new HashSet<>();

    /** Listens on an address. Runs {@code onClose} when it has stopped listening. */
    @FunctionalInterface
    interface Opener {
        void open(InetSocketAddress bind, Runnable onClose) throws IOException;
    }

    /**
     * Listens on the default port of a free address. Waits up to 5 s when sessions of this server hold all of them.
     *
     * @return the address
     * @throws UnavailableListenerException when no address is free
     */
    String open(String server, Opener opener) throws IOException {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
            while (true) {
                Optional<String> address = tryEach(server, opener);
                if (address.isPresent()) {
                    return address.get();
                }
                if (inUse.isEmpty() || nanos <= 0) {
                    throw new UnavailableListenerException(
                            server, "port " + PORT + " is in use at each loopback address of this machine");
                }
                nanos = released.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for port " + PORT, e);
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> tryEach(String server, Opener opener) throws IOException {
        for (String address :
                ADDRESSES.stream().filter(address -> !inUse.contains(address)).toList()) {
            try {
                opener.open(new InetSocketAddress(address, PORT), () -> release(address));
                inUse.add(address);
                return Optional.of(address);
            } catch (BindException taken) {
                // Another program listens there, or the system has no such address. The next one may work.
            } catch (IOException refused) {
                throw new UnavailableListenerException(
                        server, "this program may not listen on port " + PORT + ": " + refused.getMessage(), refused);
            }
        }
        return Optional.empty();
    }

    private void release(String address) {
        lock.lock();
        try {
            inUse.remove(address);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
