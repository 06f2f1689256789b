package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.wire.MemoryBudget;

/**
 * The objects that a {@link ScenarioPlayer} needs besides its connection and its scenario.
 *
 * @param memory the budget for client data, shared by all players
 * @param gracePeriods the times to wait for outstanding actions of the client
 * @param abandonSession called when a required step was not met: ends the other connections of the session; does
 * nothing without a session
 */
public record PlayerContext(
        ConnectionLog log,
        SessionSignals signals,
        MemoryBudget memory,
        GracePeriods gracePeriods,
        Runnable abandonSession) {}
