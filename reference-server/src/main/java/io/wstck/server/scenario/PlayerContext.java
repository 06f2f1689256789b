package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.wire.MemoryBudget;

/**
 * What a player needs besides its connection.
 *
 * @param memory what the server may hold of what clients send, all players together
 * @param waits for what clients still owe
 * @param abandon ends the other connections of the session, because a required step was not met; does nothing where there is no session
 */
public record PlayerContext(
        ConnectionLog log, ScriptSignal script, MemoryBudget memory, Waits waits, Runnable abandon) {}
