package io.wstck.tck.implementation.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Sends requests to Docker that an interrupt must not cut off: a lost request would leave a container without an owner.
 * An interrupt of the calling thread takes effect afterwards.
 */
final class UninterruptibleRequests {
    private static final Executor THREADS = Thread.ofVirtual().name("docker")::start;

    private UninterruptibleRequests() {}

    /** The requests to send. */
    @FunctionalInterface
    interface DockerRequests {
        void send() throws InterruptedException;
    }

    /** Sends the requests from another thread and waits for the answers. */
    static void run(DockerRequests requests) {
        CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> send(requests), THREADS);
        try {
            // Unlike get, join ignores interrupts.
            answered.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static void send(DockerRequests requests) {
        try {
            requests.send();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a private thread was interrupted", e);
        }
    }
}
