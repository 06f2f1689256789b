/**
 * Clients in other processes, reached over JSON lines: the agent protocol, the start of agents, and the handling of
 * faulty agents.
 */
package io.wstck.tck.implementation.agent;
