/** Recorded runs beside each other: what changed between two, and clauses by implementations for more. */
package io.wstck.tck.compare;
