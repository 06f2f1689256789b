package io.wstck.client.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The lookup of a host's addresses. The system's cannot be bounded or interrupted: it gets a thread of its own, which is left to
 * itself when nobody waits for it any longer; a platform thread, as a few of them would block all virtual ones.
 */
final class NameLookup {
    private final String host;
    private final FutureTask<List<InetAddress>> task;

    private NameLookup(String host) {
        this.host = host;
        this.task = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
    }

    /** Begins a lookup; that of a literal address is done at once. */
    static NameLookup of(String host) {
        NameLookup lookup = new NameLookup(host);
        try {
            InetAddress.ofLiteral(host);
            lookup.task.run();
        } catch (IllegalArgumentException e) {
            Thread.ofPlatform().daemon().name("wstck-lookup").start(lookup.task);
        }
        return lookup;
    }

    /** Waits for the addresses, at least one. */
    List<InetAddress> await() throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (CancellationException e) {
            throw new IOException("lookup of " + host + ": the dial was abandoned", e);
        } catch (ExecutionException e) {
            throw new IOException("lookup of " + host + ": unknown host", e.getCause());
        }
    }

    /** Ends the waiting, from any thread. */
    void abandon() {
        task.cancel(false);
    }
}
