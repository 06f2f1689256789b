package io.wstck.tck.implementation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Checks that host names resolve to this machine's loopback interface. Stateless. */
public final class LoopbackNameCheck {
    /** A name in the hosts file resolves at once; a resolver on the network may never answer. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private LoopbackNameCheck() {}

    /** Why programs on this machine do not reach it by this name, and what helps, as a sentence; empty if they do. */
    public static Optional<String> problem(String host) throws InterruptedException {
        List<InetAddress> found = addresses(host);
        return !found.isEmpty() && found.stream().allMatch(InetAddress::isLoopbackAddress)
                ? Optional.empty()
                : Optional.of("the name " + host + " does not lead to this machine: add the line \"127.0.0.1 " + host
                        + "\" to its hosts file (/etc/hosts)");
    }

    private static List<InetAddress> addresses(String host) throws InterruptedException {
        FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
        Thread.ofPlatform().daemon().name("local-name").start(lookup);
        try {
            return lookup.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return List.of();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownHostException) {
                return List.of();
            }
            throw new IllegalStateException("the lookup of " + host + " failed", failed.getCause());
        }
    }
}
