/** The command line: run, list, explain, ledger, serve, prove; one sentence on standard error for what cannot be done. */
package io.wstck.tck.cli;
