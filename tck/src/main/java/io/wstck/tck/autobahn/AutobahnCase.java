package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Exchange;
import io.wstck.server.wire.deflate.DeflateAnswer;
import java.util.List;

/**
 * One case.
 *
 * @param description what the server does, in our own words
 * @param expectation what the client has to do
 * @param deflate answers to an offer of permessage-deflate, of which the first that it allows is given; none: it is refused
 * @param exchange how it is played
 * @param rules what makes its verdict
 */
public record AutobahnCase(
        CaseId id,
        String description,
        String expectation,
        List<DeflateAnswer> deflate,
        Exchange exchange,
        CaseRules rules) {
    public AutobahnCase {
        deflate = List.copyOf(deflate);
    }

    /** Whether {@code behavior} can be its verdict under these rules. */
    public boolean permits(Behavior behavior, Strictness rules) {
        return (isOpen() && behavior == Behavior.INFORMATIONAL)
                || this.rules.permitted().stream().anyMatch(one -> one.verdict() == behavior && one.under(rules));
    }

    /** Whether the best that can come of it is INFORMATIONAL. */
    private boolean isOpen() {
        return rules.subject() == CaseRules.Subject.OPEN;
    }
}
