/** The server's certificate and key, read from the PEM files that a fuzzingserver.json names. */
package io.wstck.tck.autobahn.tls;
