package io.wstck.server;

import io.wstck.server.scenario.Waits;

/**
 * How much a server takes of its clients, and how long it waits for them.
 *
 * @param memory what it holds of what they send
 * @param waits for what they still owe
 */
record ServerLimits(ServerMemory memory, Waits waits) {
    static ServerLimits usual() {
        return new ServerLimits(ServerMemory.ofHeap(), Waits.usual());
    }
}
