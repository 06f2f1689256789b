/** Connections over blocking sockets and TLS: their threads, locks and deadlines. */
package io.wstck.client.transport;
