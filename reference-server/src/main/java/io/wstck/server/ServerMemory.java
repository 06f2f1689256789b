package io.wstck.server;

import io.wstck.server.wire.MemoryBudget;

/**
 * The memory budgets of a server for client data. Messages and journals have separate budgets, so that unread journals
 * never use up the memory for messages.
 *
 * @param messages the messages of all connections, while they are assembled and used
 * @param journals the journals of all sessions
 * @param posted the posted specifications of sessions, while the sessions exist
 * @param answers journals as JSON while they are sent
 */
record ServerMemory(MemoryBudget messages, MemoryBudget journals, MemoryBudget posted, MemoryBudget answers) {
    /**
     * Enough for thousands of usual sessions. A larger budget would cause long pauses of the garbage collector when it
     * is full.
     */
    private static final long MAX_POSTED = 128L << 20;

    /** Budgets that are parts of the maximum heap. The rest is for copies and for data that is sent. */
    static ServerMemory ofHeap() {
        long heap = Runtime.getRuntime().maxMemory();
        return new ServerMemory(
                new MemoryBudget(heap / 4),
                new MemoryBudget(heap / 8),
                new MemoryBudget(Math.min(heap / 8, MAX_POSTED)),
                new MemoryBudget(heap / 8));
    }
}
