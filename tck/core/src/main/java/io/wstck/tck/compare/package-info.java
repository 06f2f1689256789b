/** Compares recorded runs: the changes between two runs, and a matrix of clauses for several. */
package io.wstck.tck.compare;
