/** Connections to a server before the one that a case judges: odd opening handshakes, and ends of TCP at every byte. */
package io.wstck.tck.autobahn.probe;
