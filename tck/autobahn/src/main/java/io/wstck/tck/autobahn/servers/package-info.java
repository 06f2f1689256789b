/** Runs of the cases against servers under test: connections, order, and when a server is given up. */
package io.wstck.tck.autobahn.servers;
