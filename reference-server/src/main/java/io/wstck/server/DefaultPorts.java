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
 * The default port of ws URLs, at loopback addresses that sessions share: each address has one session at a time. Some systems have only
 * the first loopback address. Any thread.
 */
final class DefaultPorts {
    private static final int PORT = 80;
    private static final long PATIENCE_SECONDS = 5;

    /** The usual address comes last: it is the one that another program is most likely to listen on. */
    private static final List<String> ADDRESSES = Stream.concat(
                    IntStream.rangeClosed(2, 9).mapToObj(last -> "127.0.0." + last), Stream.of("127.0.0.1"))
            .toList();

    /** Guards the field below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition released = lock.newCondition();
    private final Set<String> held = new HashSet<>();

    /** Listens on an address, and runs {@code onClose} once it has stopped. */
    @FunctionalInterface
    interface Opener {
        void open(InetSocketAddress bind, Runnable onClose) throws IOException;
    }

    /**
     * Listens on the default port of an address that nobody else uses, and waits a while where sessions of this server hold them all.
     *
     * @return the address
     * @throws UnavailableListenerException when there is none
     */
    String open(String server, Opener opener) throws IOException {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                Optional<String> address = tryEach(server, opener);
                if (address.isPresent()) {
                    return address.get();
                }
                if (held.isEmpty() || nanos <= 0) {
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
                ADDRESSES.stream().filter(address -> !held.contains(address)).toList()) {
            try {
                opener.open(new InetSocketAddress(address, PORT), () -> release(address));
                held.add(address);
                return Optional.of(address);
            } catch (BindException taken) {
                // By another program, or the system has no such address: the next one may do.
            } catch (IOException refused) {
                throw new UnavailableListenerException(
                        server, "this program must not listen on port " + PORT + ": " + refused.getMessage(), refused);
            }
        }
        return Optional.empty();
    }

    private void release(String address) {
        lock.lock();
        try {
            held.remove(address);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
