/** Connections to servers under test: TCP, TLS and the opening handshake in the role of a client. */
package io.wstck.server.dial;
