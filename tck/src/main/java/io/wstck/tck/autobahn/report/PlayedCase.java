package io.wstck.tck.autobahn.report;

import io.wstck.server.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnResult;

/**
 * All that is known of a case that an agent was played.
 *
 * @param agent what the driver calls its client
 * @param place of the case among those that are served, from 1
 * @param request the opening handshake as it came, a character a byte
 * @param response the answer to it
 */
public record PlayedCase(
        String agent,
        AutobahnCase testCase,
        int place,
        ExchangeRecord happened,
        AutobahnResult result,
        String request,
        String response) {}
