package io.wstck.server;

import io.wstck.server.wire.MemoryBudget;

/**
 * What a server may hold of what clients send. Journals that nobody reads never leave messages without room.
 *
 * @param messages of all connections, while they are assembled and used
 * @param journals of all sessions, and what was posted to open them
 * @param answers journals as JSON, while they are sent
 */
record ServerMemory(MemoryBudget messages, MemoryBudget journals, MemoryBudget answers) {
    /**
     * A quarter of the largest heap for messages, an eighth for journals, an eighth for answers: copies and what is sent need room
     * as well.
     */
    static ServerMemory ofHeap() {
        long heap = Runtime.getRuntime().maxMemory();
        return new ServerMemory(new MemoryBudget(heap / 4), new MemoryBudget(heap / 8), new MemoryBudget(heap / 8));
    }
}
