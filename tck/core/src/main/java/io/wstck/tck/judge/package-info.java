/** Judges cases: checks of all witnesses become a verdict at the level of the clause. */
package io.wstck.tck.judge;
