/** What is served to drivers: the cases and exclusions that a fuzzingserver.json or a command line names. */
package io.wstck.tck.autobahn.spec;
