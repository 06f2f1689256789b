/** The documented requirements: clauses with their level, source and accepted outcomes. */
package io.wstck.tck.catalogue;
