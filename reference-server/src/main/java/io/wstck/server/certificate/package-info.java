/** The server's valid and invalid certificates, issued on demand. Their keys never leave the process. */
package io.wstck.server.certificate;
