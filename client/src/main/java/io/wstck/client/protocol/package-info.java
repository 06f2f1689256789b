/** RFC 6455 without any I/O: bytes in, events out; frames in, bytes out. */
package io.wstck.client.protocol;
