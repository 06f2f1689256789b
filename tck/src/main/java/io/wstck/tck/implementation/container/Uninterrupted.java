package io.wstck.tck.implementation.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Requests to Docker that an interrupt must not cut off: one that is lost on the way leaves a container nobody knows of. An interrupt of
 * the calling thread is kept for later.
 */
final class Uninterrupted {
    private static final Executor THREADS = Thread.ofVirtual().name("docker")::start;

    private Uninterrupted() {}

    /** Some requests. */
    @FunctionalInterface
    interface Requests {
        void send() throws InterruptedException;
    }

    /** Sends them from a thread that nobody else knows, and waits until they are answered. */
    static void run(Requests requests) {
        CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> send(requests), THREADS);
        try {
            // Unlike get, join waits on when the thread is interrupted.
            answered.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static void send(Requests requests) {
        try {
            requests.send();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a thread that nobody knows was interrupted", e);
        }
    }
}
