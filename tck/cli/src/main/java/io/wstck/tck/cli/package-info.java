/** The command line. Each failure is one sentence on standard error. */
package io.wstck.tck.cli;
