/** Checks a client's opening handshake and its extension offers (RFC 6455 §4.1, RFC 7692 §7.1). */
package io.wstck.server.wire.handshake;
