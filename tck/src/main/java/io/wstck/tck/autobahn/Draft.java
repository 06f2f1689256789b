package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Act;
import io.wstck.server.exchange.Exchange;
import io.wstck.server.exchange.OutFrame;
import io.wstck.server.exchange.Pace;
import io.wstck.server.wire.CloseStatus;
import io.wstck.tck.autobahn.CaseRules.Subject;
import io.wstck.tck.autobahn.Permitted.Missing;
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

    private static final String PERMITTED = "What came is permitted.";
    private static final int FEWEST_PROOFS = 2;
    private static final int KINDS_OF_PROOF = 3;

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
        permitted.add(Permitted.ok(List.of(events)));
        return this;
    }

    /** The original lets that pass. */
    Draft nonStrict(Expected... events) {
        permitted.add(nonStrict(Strictness.ORIGINAL, Missing.NONE, PERMITTED, events));
        return this;
    }

    /**
     * The original lets that pass, and who is strict has nothing to hold against it: what comes back depends on how much of what
     * was sent together the client has read before it answers (RFC 6455 §5.5.1 and §7.1.7 demand no answer before the end).
     */
    Draft raced(Expected... events) {
        permitted.add(nonStrict(Strictness.STRICT, Missing.NONE, PERMITTED, events));
        return this;
    }

    /** These pongs, of which any but the last one may be missing (RFC 6455 §5.5.3). */
    Draft latestPongs(Expected.Pong... pongs) {
        permitted.add(nonStrict(
                Strictness.STRICT,
                Missing.EARLIER_PONGS,
                "The client has answered the latest ping, and not each of those before it, as RFC 6455 §5.5.3 allows.",
                pongs));
        return this;
    }

    private static Permitted nonStrict(Strictness strictest, Missing missing, String why, Expected... events) {
        return new Permitted(Behavior.NON_STRICT, strictest, List.of(events), missing, why);
    }

    /** After what is right has come, within {@code limit}, the server closes and the client answers. */
    AutobahnCase thenCloses(Duration limit, String expectation) {
        return thenCloses(new Act.Await(answers(permitted.getFirst()) + provingAnswers(), limit), expectation);
    }

    /** After that wait the server closes and the client answers. */
    AutobahnCase thenCloses(Act await, String expectation) {
        act(await);
        send(OutFrame.close(CloseStatus.of(NORMAL, "")));
        return build(expectation, new CloseRule.Clean(Set.of(NORMAL)), Subject.MESSAGES);
    }

    /** The client has to fail the connection, with that close code. */
    AutobahnCase fails(Integer code, String expectation) {
        int most = permitted.stream().mapToInt(Draft::answers).max().orElse(0);
        act(new Act.AwaitEnd(most + provingAnswers(), FAIL_WAIT));
        return build(expectation, new CloseRule.Fails(Set.of(code)), Subject.FAILING);
    }

    /** The server's close frame is among what it sends. */
    AutobahnCase closes(CloseRule rule, Subject subject, String expectation) {
        return build(expectation, rule, subject);
    }

    /** How many messages and pongs there are among what is permitted. */
    private static int answers(Permitted one) {
        return (int) one.events().stream()
                .filter(event -> event instanceof Expected.Echo || event instanceof Expected.Pong)
                .count();
    }

    private int provingAnswers() {
        return needsProof() ? proofs() : 0;
    }

    private boolean needsProof() {
        return !permitted.stream().allMatch(Permitted::hasEcho);
    }

    private AutobahnCase build(String expectation, CloseRule rule, Subject subject) {
        List<Permitted> lists = permitted;
        List<Act> all = acts;
        if (needsProof()) {
            lists = permitted.stream().map(this::afterProof).toList();
            all = new ArrayList<>(proof());
            all.addAll(acts);
        }
        return new AutobahnCase(
                id,
                description,
                expectation,
                List.of(),
                new Exchange(all),
                new CaseRules(lists, rule, subject, all.size() - acts.size()));
    }

    /**
     * How many messages prove the connection alive, one after the other: as its end may be all that is asked for afterwards, a client
     * that ends each connection after so many messages must not get through, whatever their number. Not random: a case is played
     * again as it was.
     */
    private int proofs() {
        return FEWEST_PROOFS + id.numbers().stream().mapToInt(Integer::intValue).sum() % KINDS_OF_PROOF;
    }

    private static String question(int number) {
        return "alive? " + number;
    }

    private List<Act> proof() {
        List<Act> proof = new ArrayList<>();
        for (int number = 1; number <= proofs(); number++) {
            proof.add(new Act.Send(List.of(OutFrame.text(question(number))), Pace.together()));
            proof.add(new Act.Await(number, ECHO_WAIT));
        }
        return proof;
    }

    private Permitted afterProof(Permitted one) {
        List<Expected> echoes = new ArrayList<>();
        for (int number = 1; number <= proofs(); number++) {
            echoes.add(Expected.text(question(number)));
        }
        return one.after(echoes);
    }
}
