/** Scenarios in their Java and JSON forms, and the player for each connection. */
package io.wstck.server.scenario;
