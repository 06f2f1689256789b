package io.wstck.benchmarks.peer;

import java.net.URI;
import java.util.Optional;

/**
 * Where a client connects, and what it does there.
 *
 * @param url {@code ws://} or {@code wss://}
 * @param trust keys, and trust in the server's certificate; empty without TLS
 */
public record PeerTarget(URI url, Workload workload, Optional<TestTls> trust) {
    boolean deflate() {
        return workload.layer() == Workload.Layer.DEFLATE;
    }
}
