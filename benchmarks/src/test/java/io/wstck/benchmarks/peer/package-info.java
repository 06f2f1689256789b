/** The clients that are measured, and the programs that run them; each client is in one file. */
package io.wstck.benchmarks.peer;
