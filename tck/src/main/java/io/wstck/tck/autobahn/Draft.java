package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Act;
import io.wstck.server.exchange.Exchange;
import io.wstck.server.exchange.OutFrame;
import io.wstck.server.exchange.Pace;
import io.wstck.server.wire.CloseStatus;
import io.wstck.tck.autobahn.CaseRules.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A case that is being written. Where what is permitted has no echo, the connection is proved alive first: a client that never
 * says anything has no way through. One thread.
 */
final class Draft {
    /** How long a client may take to fail a connection. */
    static final Duration FAIL_WAIT = Duration.ofSeconds(2);

    /** How long it may take to answer a short message. */
    static final Duration ECHO_WAIT = Duration.ofSeconds(10);

    static final int NORMAL = 1000;
    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_UTF8 = 1007;

    private static final String ALIVE = "alive?";

    private final CaseId id;
    private final String description;
    private final List<Act> acts = new ArrayList<>();
    private final List<Permitted> permitted = new ArrayList<>();

    Draft(CaseId id, String description) {
        this.id = id;
        this.description = description;
    }

    /** The server sends these frames, as many in one write as fit. */
    Draft send(OutFrame... frames) {
        return send(Pace.together(), frames);
    }

    Draft send(Pace pace, OutFrame... frames) {
        return act(new Act.Send(List.of(frames), pace));
    }

    Draft act(Act act) {
        acts.add(act);
        return this;
    }

    /** That is right. */
    Draft ok(Expected... events) {
        permitted.add(new Permitted(Behavior.OK, List.of(events)));
        return this;
    }

    /** The original lets that pass. */
    Draft nonStrict(Expected... events) {
        permitted.add(new Permitted(Behavior.NON_STRICT, List.of(events)));
        return this;
    }

    /** After what is right has come, within {@code limit}, the server closes and the client answers. */
    AutobahnCase thenCloses(Duration limit, String expectation) {
        int count = (int) permitted.getFirst().events().stream()
                .filter(event -> event instanceof Expected.Echo || event instanceof Expected.Pong)
                .count();
        int awaited = count + (needsProof() ? 1 : 0);
        act(new Act.Await(awaited, limit));
        send(OutFrame.close(CloseStatus.of(NORMAL, "")));
        return build(expectation, new CloseRule.Clean(Set.of(NORMAL)), Subject.MESSAGES);
    }

    /** The client has to fail the connection, with that close code. */
    AutobahnCase fails(Integer code, String expectation) {
        act(new Act.AwaitEnd(FAIL_WAIT));
        return build(expectation, new CloseRule.Fails(Set.of(code)), Subject.FAILING);
    }

    /** The server's close frame is among what it sends. */
    AutobahnCase closes(CloseRule rule, Subject subject, String expectation) {
        return build(expectation, rule, subject);
    }

    private boolean needsProof() {
        return !permitted.stream().allMatch(Permitted::hasEcho);
    }

    private AutobahnCase build(String expectation, CloseRule rule, Subject subject) {
        List<Permitted> lists = permitted;
        List<Act> all = acts;
        if (needsProof()) {
            lists = permitted.stream().map(Draft::afterProof).toList();
            all = new ArrayList<>();
            all.add(new Act.Send(List.of(OutFrame.text(ALIVE)), Pace.together()));
            all.add(new Act.Await(1, ECHO_WAIT));
            all.addAll(acts);
        }
        return new AutobahnCase(
                id, description, expectation, List.of(), new Exchange(all), new CaseRules(lists, rule, subject));
    }

    private static Permitted afterProof(Permitted one) {
        List<Expected> events = new ArrayList<>();
        events.add(Expected.text(ALIVE));
        events.addAll(one.events());
        return new Permitted(one.verdict(), events);
    }
}
