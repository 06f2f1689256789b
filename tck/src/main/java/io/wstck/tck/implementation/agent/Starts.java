package io.wstck.tck.implementation.agent;

import java.time.Duration;

/** How long an agent may take to start; one that ends instead is noticed at once. */
final class Starts {
    /** The first start may build or install all that it needs. */
    static final Duration FIRST = Duration.ofMinutes(10);

    /** Whoever takes longer than that to start is said to. */
    static final Duration SOON = Duration.ofSeconds(15);

    /** What had to be built is there then. */
    static final Duration ANOTHER = Duration.ofMinutes(2);

    private Starts() {}
}
