/** A relay between a client and the reference server that can change handshakes and frames in both directions. */
package io.wstck.tck.prove.relay;
