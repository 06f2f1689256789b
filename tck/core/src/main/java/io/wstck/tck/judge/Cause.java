package io.wstck.tck.judge;

/**
 * A defect of the implementation that findings are grouped by. Reports show findings with the same cause together.
 *
 * @param id stable, for example {@code violation unmasked-frame}; a clause id if the cause is a breach of that clause
 * @param clause id of the clause that the cause belongs to; in Autobahn runs a section of an RFC, a group of cases, or
 *     {@code all cases}
 * @param what a sentence; for a clause, its breach or its statement
 */
public record Cause(String id, String clause, String what) {}
