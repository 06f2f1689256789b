package io.wstck.tck.catalogue;

/**
 * One of the outcomes that a clause accepts.
 *
 * @param id the word for it in cases
 * @param outcome a phrase about what happens
 * @param reason why it is acceptable
 */
public record AcceptedOutcome(String id, String outcome, String reason) {}
