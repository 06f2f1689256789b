/** Clients in other programs, which are asked over JSON lines: the protocol, how agents are started, and what becomes of bad ones. */
package io.wstck.tck.implementation.agent;
