package io.wstck.server.dial;

import io.wstck.server.wire.Deadline;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up names within a time limit. The system's resolver cannot be interrupted, so a daemon thread waits for it. */
final class HostLookup {
    private HostLookup() {}

    /**
     * The addresses of {@code host}, at least one, in the system's order of preference.
     *
     * @throws DialException when the name does not resolve, or not before the deadline
     */
    static List<InetAddress> addresses(String host, Deadline deadline) throws DialException, InterruptedException {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("wstck-lookup").start(() -> lookUp(host, answer));
        try {
            return answer.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new DialException("expected an address of " + host + ", got none in time");
        } catch (ExecutionException unknown) {
            throw new DialException("expected a name that resolves, got " + host);
        }
    }

    private static void lookUp(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            answer.complete(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException unknown) {
            answer.completeExceptionally(unknown);
        }
    }
}
