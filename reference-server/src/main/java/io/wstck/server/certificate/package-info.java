/** The server's certificates, good and bad, issued when they are first needed; their keys never leave the process. */
package io.wstck.server.certificate;
