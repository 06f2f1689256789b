package io.wstck.tck.catalogue;

/**
 * One of several outcomes that a clause accepts.
 *
 * @param id the word a case names it by
 * @param outcome what happens, as a phrase
 * @param reason why that is acceptable
 */
public record Accepted(String id, String outcome, String reason) {}
