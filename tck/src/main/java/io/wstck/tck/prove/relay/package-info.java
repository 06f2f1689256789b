/** A relay between a client and the reference server that can rewrite handshakes and frames in either direction. */
package io.wstck.tck.prove.relay;
