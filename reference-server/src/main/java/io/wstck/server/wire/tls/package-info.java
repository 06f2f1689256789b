/** TLS between frames and TCP. It keeps the evidence about TCP, such as how the client ended it. */
package io.wstck.server.wire.tls;
