/** TLS between frames and TCP, such that TCP stays evidence. */
package io.wstck.server.wire.tls;
