package io.wstck.tck.autobahn;

import io.wstck.tck.autobahn.PermittedOutcome.OptionalEvents;
import io.wstck.tck.autobahn.VerdictRules.Subject;
import io.wstck.tck.autobahn.exchange.Exchange;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import io.wstck.tck.autobahn.probe.ServerProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Builds a case of section 14 whose subject are connections before the judged one. On the judged connection the server
 * must open, echo some messages and close as usual. So no server passes because it refuses, drops or ignores
 * everything, or because it serves no further connection. One thread.
 */
final class ServerCaseBuilder {
    private static final int FEWEST_MESSAGES = 2;
    private static final int MESSAGE_COUNTS = 3;

    private final CaseId id;
    private final String description;
    private final List<ServerProbe> probes = new ArrayList<>();
    private final List<PermittedOutcome> permitted = new ArrayList<>();

    ServerCaseBuilder(int family, int number, String description) {
        this.id = CaseId.of(CaseId.BEYOND, family, number);
        this.description = description;
    }

    ServerCaseBuilder probe(ServerProbe probe) {
        probes.add(probe);
        return this;
    }

    /** Adds events of the probes that make the verdict OK. */
    ServerCaseBuilder ok(ExpectedEvent... events) {
        permitted.add(PermittedOutcome.ok(List.of(events)));
        return this;
    }

    /** Adds events of the probes that make the verdict NON-STRICT, because a text allows them or none forbids them. */
    ServerCaseBuilder nonStrict(String why, ExpectedEvent... events) {
        return permit(AutobahnVerdict.NON_STRICT, why, events);
    }

    /** Adds events of the probes that are recorded, not judged. */
    ServerCaseBuilder informational(String why, ExpectedEvent... events) {
        return permit(AutobahnVerdict.INFORMATIONAL, why, events);
    }

    private ServerCaseBuilder permit(AutobahnVerdict verdict, String why, ExpectedEvent... events) {
        permitted.add(new PermittedOutcome(verdict, List.of(events), OptionalEvents.NONE, why));
        return this;
    }

    /** Builds a case: on the judged connection messages come back, and the client closes. */
    AutobahnCase echoes(String expectation) {
        List<String> texts = texts();
        List<ExchangeAction> actions = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            actions.add(new ExchangeAction.Send(List.of(OutFrame.text(texts.get(i))), WriteChunking.together()));
            actions.add(new ExchangeAction.Await(i + 1, AutobahnCaseBuilder.ECHO_WAIT));
        }
        actions.add(AutobahnCaseBuilder.closing());
        List<ExpectedEvent> echoes = texts.stream().map(ExpectedEvent::text).toList();
        return build(expectation, List.of(), actions, echoes, Subject.MESSAGES);
    }

    /**
     * Builds a case: on the judged connection compression is negotiated with {@code offers}, messages come back
     * compressed or not, and the client closes. Without compression there the case is UNIMPLEMENTED, because a server
     * that never compresses would pass it.
     */
    AutobahnCase compresses(String expectation, List<PeerCompression> offers, ExchangeAction.LockStep messages) {
        return build(
                expectation,
                offers,
                List.of(messages, AutobahnCaseBuilder.closing()),
                List.of(new ExpectedEvent.Echoes(messages.count(), ExpectedEvent.UncompressedEchoes.ANY)),
                Subject.NEGOTIATION);
    }

    private AutobahnCase build(
            String expectation,
            List<PeerCompression> offers,
            List<ExchangeAction> actions,
            List<ExpectedEvent> afterProbes,
            Subject subject) {
        List<PermittedOutcome> outcomes = permitted.stream()
                .map(outcome -> new PermittedOutcome(
                        outcome.verdict(),
                        Stream.concat(outcome.events().stream(), afterProbes.stream())
                                .toList(),
                        outcome.missing(),
                        outcome.why()))
                .toList();
        return new AutobahnCase(
                id,
                description,
                expectation,
                offers,
                probes,
                new Exchange(actions),
                new VerdictRules(outcomes, new CloseRule.CleanClose(Set.of(AutobahnCaseBuilder.NORMAL)), subject, 0));
    }

    /** The messages on the judged connection. Their number differs between cases, but is the same in each run. */
    private List<String> texts() {
        int count = FEWEST_MESSAGES
                + id.numbers().stream().mapToInt(Integer::intValue).sum() % MESSAGE_COUNTS;
        return Stream.iterate(1, number -> number + 1)
                .limit(count)
                .map(number -> "still served? " + number)
                .toList();
    }
}
