/** RFC 6455, and the negotiation of RFC 7692, without any I/O: bytes in, events out; frames in, bytes out. */
package io.wstck.client.protocol;
