package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Exchange;

/**
 * One case.
 *
 * @param description what the server does, in our own words
 * @param expectation what the client has to do
 * @param exchange how it is played
 * @param rules what makes its verdict
 */
public record AutobahnCase(CaseId id, String description, String expectation, Exchange exchange, CaseRules rules) {}
