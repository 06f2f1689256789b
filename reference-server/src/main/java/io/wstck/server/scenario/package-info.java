/** Scenarios, in their Java and their JSON form, and the player that plays one for each connection. */
package io.wstck.server.scenario;
