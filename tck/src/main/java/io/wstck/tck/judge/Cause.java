package io.wstck.tck.judge;

/**
 * What is wrong with the implementation. Findings with the same cause are told once, whatever their number.
 *
 * @param id stable, for example {@code violation unmasked-frame}; the id of a clause where the cause is a breach of that clause
 * @param clause id of the clause that owns it
 * @param what a sentence; the breach of the clause, or its statement, where {@code id} is one
 */
public record Cause(String id, String clause, String what) {}
