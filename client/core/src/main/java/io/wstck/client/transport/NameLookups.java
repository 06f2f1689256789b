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
 * Asks the client's {@link HostResolver} for the addresses of hosts, for dials that wait for them. A lookup cannot be
 * bounded or interrupted, so each runs on a platform thread: on virtual threads, lookups could block all carrier
 * threads. Dials that wait for the same host share one lookup. So a resolver that hangs holds one thread per host. Any
 * number of threads may use it.
 */
final class NameLookups {
    private final HostResolver resolver;
    /** Guards running, and the lists in it. */
    private final ReentrantLock lock = new ReentrantLock();

    /** The waiting dials by host. A host is in the map while its lookup runs. */
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

        /** Stops waiting, from any thread. The lookup goes on and serves later dials. */
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

    /**
     * Begins a lookup of the host, or joins the one in progress. The system resolver answers for a literal address at
     * once.
     */
    Waiter begin(String host) {
        Waiter waiter = new Waiter(host);
        if (resolver.equals(HostResolver.SYSTEM) && isLiteral(host)) {
            resolve(host, () -> List.of(waiter));
            return waiter;
        }
        lock.lock();
        try {
            List<Waiter> waiters = running.get(host);
            if (waiters == null) {
                HelperThreads.runOnPlatform("wstck-lookup", () -> resolve(host, () -> removeWaiters(host)));
                waiters = new ArrayList<>();
                running.put(host, waiters);
            }
            waiters.add(waiter);
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    /** Asks the resolver, then answers all waiters, also those that joined during the lookup. */
    private void resolve(String host, Supplier<List<Waiter>> waiters) {
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

    private List<Waiter> removeWaiters(String host) {
        lock.lock();
        try {
            return running.remove(host);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the host is an IPv4 or IPv6 address, not a name. */
    static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
