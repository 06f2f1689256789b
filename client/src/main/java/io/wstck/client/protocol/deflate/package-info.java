/** The compression of whole messages by DEFLATE, without any I/O and apart from negotiation (RFC 7692 §7.2). */
package io.wstck.client.protocol.deflate;
