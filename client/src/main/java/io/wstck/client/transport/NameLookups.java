package io.wstck.client.transport;

import io.wstck.client.HostResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lookups of hosts' addresses. A lookup, such as the system's, cannot be bounded or interrupted, so each has a platform thread; virtual threads
 * would share a few carriers, all of which it could block. Dials that wait for the same host share one lookup: while a resolver
 * hangs, further dials start no further threads. For any number of threads.
 */
final class NameLookups {
    private final HostResolver resolver;
    /** Guards running, and the lists in it. */
    private final ReentrantLock lock = new ReentrantLock();

    /** The dials that wait, by host; a host is here as long as its thread runs. */
    private final Map<String, List<Waiter>> running = new HashMap<>();

    /** A dial that waits for the addresses of a host. */
    final class Waiter {
        private final String host;
        private final CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();

        private Waiter(String host) {
            this.host = host;
        }

        /** Waits for the addresses, at least one. */
        List<InetAddress> await() throws IOException, InterruptedException {
            try {
                return addresses.get();
            } catch (CancellationException e) {
                throw new IOException("lookup of " + host + ": the dial was abandoned", e);
            } catch (ExecutionException e) {
                throw new IOException("lookup of " + host + ": unknown host", e.getCause());
            }
        }

        /** Ends the waiting, from any thread. The lookup goes on, and serves later dials. */
        void abandon() {
            addresses.cancel(false);
            lock.lock();
            try {
                List<Waiter> waiters = running.get(host);
                if (waiters != null) {
                    waiters.remove(this);
                }
            } finally {
                lock.unlock();
            }
        }

        private void answer(List<InetAddress> found, Optional<Throwable> failure) {
            failure.ifPresentOrElse(addresses::completeExceptionally, () -> addresses.complete(found));
        }
    }

    NameLookups(HostResolver resolver) {
        this.resolver = resolver;
    }

    /** Begins a lookup, or joins the one that is under way; the system's of a literal address is done at once. */
    Waiter begin(String host) {
        Waiter waiter = new Waiter(host);
        if (resolver.equals(HostResolver.SYSTEM) && isLiteral(host)) {
            find(host, () -> List.of(waiter));
            return waiter;
        }
        lock.lock();
        try {
            List<Waiter> waiters = running.get(host);
            if (waiters == null) {
                Thread.ofPlatform().daemon().name("wstck-lookup").start(() -> find(host, () -> end(host)));
                waiters = new ArrayList<>();
                running.put(host, waiters);
            }
            waiters.add(waiter);
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    /** Tells the waiters what the resolver finds; those that come meanwhile are among them. */
    private void find(String host, Supplier<List<Waiter>> waiters) {
        List<InetAddress> found = List.of();
        Optional<Throwable> failure = Optional.empty();
        try {
            found = List.copyOf(resolver.resolve(host));
        } catch (Throwable e) {
            failure = Optional.of(e);
        }
        for (Waiter waiter : waiters.get()) {
            waiter.answer(found, failure);
        }
    }

    private List<Waiter> end(String host) {
        lock.lock();
        try {
            return running.remove(host);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
