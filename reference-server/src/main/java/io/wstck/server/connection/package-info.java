/**
 * One connection with a client, independent of what is played on it: reading while writing, the end of TCP, the closing
 * handshake.
 */
package io.wstck.server.connection;
