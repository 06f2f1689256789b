package io.wstck.server;

import io.wstck.server.scenario.GracePeriods;

/**
 * The limits of a server for its clients: memory, times and connections.
 *
 * @param memory the budgets for client data
 * @param gracePeriods the times to wait for outstanding actions of a client
 * @param connections the most connections of each port, and of all endpoints; one address gets half of them
 */
record ServerLimits(ServerMemory memory, GracePeriods gracePeriods, int connections) {
    private static final int MAX_CONNECTIONS = 4_000;

    static ServerLimits usual() {
        return of(ServerMemory.ofHeap(), GracePeriods.usual());
    }

    /** Limits with the default number of connections. */
    static ServerLimits of(ServerMemory memory, GracePeriods gracePeriods) {
        return new ServerLimits(memory, gracePeriods, MAX_CONNECTIONS);
    }
}
