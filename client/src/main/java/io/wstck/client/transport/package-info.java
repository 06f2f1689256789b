/** Connections over blocking sockets and TLS: who reads, who writes, who closes, and by which deadline. */
package io.wstck.client.transport;
