package io.wstck.server;

import io.wstck.server.scenario.Waits;

/**
 * How much a server takes of its clients, and how long it waits for them.
 *
 * @param memory what it holds of what they send
 * @param waits for what they still owe
 * @param connections how many each port takes, and how many connections play endpoints; one address gets half of them
 */
record ServerLimits(ServerMemory memory, Waits waits, int connections) {
    private static final int MAX_CONNECTIONS = 4_000;

    static ServerLimits usual() {
        return of(ServerMemory.ofHeap(), Waits.usual());
    }

    /** With the usual number of connections. */
    static ServerLimits of(ServerMemory memory, Waits waits) {
        return new ServerLimits(memory, waits, MAX_CONNECTIONS);
    }
}
