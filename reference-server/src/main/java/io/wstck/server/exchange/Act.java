package io.wstck.server.exchange;

/** One thing that a server does. */
public sealed interface Act {
    /** Placeholder until the acts land. */
    record Nothing() implements Act {}
}
