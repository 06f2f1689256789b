package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;

import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.FaultyClient;
import io.wstck.tck.prove.Mechanism;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the WHATWG standard demands where it differs from the RFCs or the documentation, as changes to the bundled client. With all of them
 * the client passes the cases of profile <em>web</em>; without one of them it has the fault that the cases of the rule's clause must notice.
 * Stateless.
 */
public final class WebRules {
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    /**
     * One rule.
     *
     * @param clause that demands it
     * @param fault id of the fault of a client without it
     * @param statement what such a client does, as a sentence
     * @param mechanism what makes the bundled client keep it
     */
    private record Rule(String clause, String fault, String statement, Mechanism mechanism) {}

    private static final List<Rule> RULES = List.of(new Rule(
            "web.none-selected",
            "web.none-selected-accepted",
            "a connection is made though the server selects none of the offered subprotocols",
            new Mechanism.WireTampering(HandshakeChanges.response(
                    (request, response) -> request.value(PROTOCOL).isPresent()
                                    && response.value(PROTOCOL).isEmpty()
                            ? response.and(PROTOCOL, "not-offered")
                            : response))));

    private WebRules() {}

    /** The client that keeps all rules. The client inside belongs to the caller. */
    public static Implementation client(Implementation bundled) {
        return new FaultyClient(bundled, "the rules of the WHATWG standard", mechanisms(RULES.stream()));
    }

    /** A fault for each rule: a client that keeps all others. */
    static List<Fault> faults() {
        return RULES.stream()
                .map(rule -> new Fault(
                        rule.fault(),
                        breaks(rule.clause()),
                        rule.statement(),
                        mechanisms(RULES.stream().filter(other -> !other.equals(rule)))))
                .toList();
    }

    /** Never empty, since a fault has a mechanism. */
    private static List<Mechanism> mechanisms(Stream<Rule> rules) {
        Mechanism none = new Mechanism.OtherSession(UnaryOperator.identity());
        return Stream.concat(Stream.of(none), rules.map(Rule::mechanism)).toList();
    }
}
