package io.wstck.tck.autobahn;

import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.Violation;
import io.wstck.tck.autobahn.VerdictRules.Subject;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.Timeout;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.exchange.PeerEvent;
import io.wstck.tck.autobahn.exchange.RoleText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides both verdicts of a case, over the behaviour and over the closing, from the record of its exchange. */
public final class AutobahnJudge {
    /** The reason for a behaviour that fails by the end of the connection alone. */
    public static final String WRONG_END = "What came is right, but not how the connection ended.";

    private static final String TOO_LATE = "The expected events did not come in time.";
    private static final String NOT_EXPECTED = "The events are not those expected.";

    /** Events that a result lists. */
    private static final int MAX_SHOWN = 100;

    private final AutobahnCase testCase;
    private final ExchangeRecord record;
    private final Strictness strictness;

    private AutobahnJudge(AutobahnCase testCase, ExchangeRecord record, Strictness strictness) {
        this.testCase = testCase;
        this.record = record;
        this.strictness = strictness;
    }

    /** The verdict of {@code testCase} over {@code record}. */
    public static AutobahnResult judge(AutobahnCase testCase, ExchangeRecord record, Strictness strictness) {
        return new AutobahnJudge(testCase, record, strictness).result();
    }

    private AutobahnResult result() {
        ReasonedVerdict close = endedBeforeTest()
                ? new ReasonedVerdict(
                        AutobahnVerdict.FAILED,
                        record.unopened().isPresent()
                                ? "The connection was never open."
                                : "The connection ended before the case proper began.")
                : new CloseJudge(record.peer(), strictness).judge(testCase.rules(), record.ending());
        ReasonedVerdict behavior = judgeBehavior(close);
        Optional<CloseStatus> remote = record.ending().received();
        return new AutobahnResult(
                testCase.id(),
                behavior.verdict(),
                close.verdict(),
                behavior.sentence(),
                close.sentence(),
                behavior.difference(),
                testCase.rules().permitted().stream()
                        .map(PermittedOutcome::describe)
                        .toList(),
                record.events().stream()
                        .limit(MAX_SHOWN)
                        .map(PeerEvent::describe)
                        .toList(),
                text(testCase.rules().close().describe()),
                remote.map(CloseStatus::code).orElse(OptionalInt.empty()),
                record.duration());
    }

    private ReasonedVerdict judgeBehavior(ReasonedVerdict close) {
        if (record.unopened().isPresent()) {
            return new ReasonedVerdict(AutobahnVerdict.FAILED, record.unopened().get());
        }
        Optional<Violation> violation =
                record.violations().stream().filter(this::isJudged).findFirst();
        if (violation.isPresent()) {
            Violation first = violation.get();
            return new ReasonedVerdict(
                    AutobahnVerdict.FAILED,
                    text("The {peer} breaks ") + first.rule().source() + ": " + first.detail() + ".");
        }
        if (needsCompression() && record.deflate().isEmpty()) {
            return new ReasonedVerdict(
                    AutobahnVerdict.UNIMPLEMENTED,
                    record.peer() == EndpointRole.CLIENT
                            ? "The client did not offer permessage-deflate in a way that the case needs."
                            : "The server did not accept permessage-deflate as the case offers it.");
        }
        if (endedBeforeTest()) {
            return new ReasonedVerdict(
                    AutobahnVerdict.FAILED,
                    text(
                            record.ending().timeout() == Timeout.EXPECTATION
                                    ? "The {peer} did not echo a plain text message in time, before the case proper."
                                    : "The {peer} ended the connection before the case proper began, while it was sent plain text messages."));
        }
        ReasonedVerdict events = judgeEvents();
        boolean closing = testCase.rules().subject() == Subject.CLOSING;
        boolean wrongEnd =
                (closing || testCase.rules().subject() == Subject.FAILING) && close.verdict() == AutobahnVerdict.FAILED;
        if (events.verdict() != AutobahnVerdict.FAILED
                && (wrongEnd || (closing && close.verdict() == AutobahnVerdict.WRONG_CODE))) {
            return new ReasonedVerdict(AutobahnVerdict.FAILED, WRONG_END);
        }
        return events;
    }

    private boolean needsCompression() {
        Subject subject = testCase.rules().subject();
        return subject == Subject.COMPRESSION || subject == Subject.NEGOTIATION;
    }

    private String text(String template) {
        return RoleText.of(record.peer(), template);
    }

    /** Whether the connection ended, or the peer never answered, before the tested frames were sent. */
    private boolean endedBeforeTest() {
        return record.actionsBegun() <= testCase.rules().proof();
    }

    /** Whether a violation makes the verdict FAILED. A peer that fails a connection may leave a frame unfinished. */
    private boolean isJudged(Violation violation) {
        Subject subject = testCase.rules().subject();
        return switch (violation.rule()) {
            case INCOMPLETE_FRAME -> subject != Subject.FAILING && subject != Subject.CLOSING;
            // The answer to a code that no RFC defines.
            case CLOSE_CODE -> subject != Subject.OPEN;
            // The original accepts any answer to an offer.
            case EXTENSION_DEMAND -> strictness == Strictness.STRICT || subject == Subject.NEGOTIATION;
            default -> true;
        };
    }

    private ReasonedVerdict judgeEvents() {
        List<PermittedOutcome> outcomes = testCase.rules().permitted();
        Optional<PermittedOutcome> match = outcomes.stream()
                .filter(outcome -> outcome.matches(record.events()))
                .findFirst();
        if (match.isEmpty()) {
            EventDifference difference = EventDifference.of(outcomes, record.events());
            boolean late = record.ending().timeout() == Timeout.EXPECTATION && !difference.hasEvent();
            return new ReasonedVerdict(
                    AutobahnVerdict.FAILED,
                    late ? TOO_LATE : NOT_EXPECTED,
                    difference.sentence(record, testCase.rules()));
        }
        if (testCase.rules().subject() == Subject.OPEN) {
            return new ReasonedVerdict(AutobahnVerdict.INFORMATIONAL, "The events are recorded, not judged.");
        }
        return new ReasonedVerdict(match.get().verdict(), text(match.get().why()));
    }

    /**
     * A verdict and the reason.
     *
     * @param difference the first event that differs, a sentence; empty if none does
     */
    record ReasonedVerdict(AutobahnVerdict verdict, String sentence, String difference) {
        ReasonedVerdict(AutobahnVerdict verdict, String sentence) {
            this(verdict, sentence, "");
        }
    }
}
