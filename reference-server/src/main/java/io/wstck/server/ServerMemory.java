package io.wstck.server;

import io.wstck.server.wire.MemoryBudget;

/**
 * What a server may hold of what clients send. Journals that nobody reads never leave messages without room.
 *
 * @param messages of all connections, while they are assembled and used
 * @param journals of all sessions
 * @param posted what was posted to open sessions, for as long as they exist
 * @param answers journals as JSON, while they are sent
 */
record ServerMemory(MemoryBudget messages, MemoryBudget journals, MemoryBudget posted, MemoryBudget answers) {
    /** Enough for thousands of usual sessions. More would cost long pauses of the collector when somebody fills it. */
    private static final long MAX_POSTED = 128L << 20;

    /** Shares of the largest heap: copies and what is sent need room as well. */
    static ServerMemory ofHeap() {
        long heap = Runtime.getRuntime().maxMemory();
        return new ServerMemory(
                new MemoryBudget(heap / 4),
                new MemoryBudget(heap / 8),
                new MemoryBudget(Math.min(heap / 8, MAX_POSTED)),
                new MemoryBudget(heap / 8));
    }
}
