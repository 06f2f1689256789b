/** The compression of messages by DEFLATE, without I/O and without negotiation (RFC 7692 §7.2). */
package io.wstck.client.protocol.deflate;
