package io.wstck.tck.autobahn;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.exchange.Exchange;
import io.wstck.tck.autobahn.exchange.RoleText;
import io.wstck.tck.autobahn.probe.ServerProbe;
import java.util.List;

/**
 * One case of the Autobahn Testsuite, or of the section that goes beyond it.
 *
 * @param description the kit's behaviour, in a sentence of this project
 * @param expectation the behaviour that the peer must show
 * @param deflate the possible parameters of permessage-deflate, in the order of preference; empty without the extension
 * @param probes connections to a server before the one of {@code exchange}; none in cases for both directions
 * @param exchange the conversation that the kit plays
 * @param rules the rules for the verdict
 */
public record AutobahnCase(
        CaseId id,
        String description,
        String expectation,
        List<PeerCompression> deflate,
        List<ServerProbe> probes,
        Exchange exchange,
        VerdictRules rules) {
    public AutobahnCase {
        deflate = List.copyOf(deflate);
        probes = List.copyOf(probes);
    }

    /** A case on a single connection. */
    public AutobahnCase(
            CaseId id,
            String description,
            String expectation,
            List<PeerCompression> deflate,
            Exchange exchange,
            VerdictRules rules) {
        this(id, description, expectation, deflate, List.of(), exchange, rules);
    }

    /** The same case with the words for a judged {@code peer}. */
    AutobahnCase toldFor(EndpointRole peer) {
        return new AutobahnCase(
                id, RoleText.of(peer, description), RoleText.of(peer, expectation), deflate, probes, exchange, rules);
    }

    /** The permitted outcomes in words: {@code OK: text message "hello"}. */
    public List<String> outcomes() {
        return rules.permitted().stream().map(PermittedOutcome::describe).toList();
    }

    /** Whether {@code behavior} is a possible verdict of this case. */
    public boolean permits(AutobahnVerdict behavior) {
        return (isOpen() && behavior == AutobahnVerdict.INFORMATIONAL)
                || rules.permitted().stream().anyMatch(outcome -> outcome.verdict() == behavior);
    }

    /** Whether INFORMATIONAL is the best possible verdict. */
    private boolean isOpen() {
        return rules.subject() == VerdictRules.Subject.OPEN;
    }
}
