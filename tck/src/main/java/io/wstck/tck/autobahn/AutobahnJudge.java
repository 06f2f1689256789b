package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Ending.Timeout;
import io.wstck.server.exchange.ExchangeRecord;
import io.wstck.server.exchange.Happening;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Violation;
import io.wstck.tck.autobahn.CaseRules.Subject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What happened in, verdict out. */
public final class AutobahnJudge {
    /** Happenings that a result tells of. */
    private static final int MAX_SHOWN = 100;

    private final AutobahnCase one;
    private final ExchangeRecord happened;
    private final Strictness strictness;

    private AutobahnJudge(AutobahnCase one, ExchangeRecord happened, Strictness strictness) {
        this.one = one;
        this.happened = happened;
        this.strictness = strictness;
    }

    /** The verdict of {@code one} over {@code happened}. */
    public static AutobahnResult judge(AutobahnCase one, ExchangeRecord happened, Strictness strictness) {
        return new AutobahnJudge(one, happened, strictness).result();
    }

    private AutobahnResult result() {
        Finding close = early()
                ? new Finding(Behavior.FAILED, "The connection ended before the case proper began.")
                : CloseJudge.judge(one.rules(), happened.ending(), strictness);
        Finding behavior = behavior(close);
        Optional<CloseStatus> remote = happened.ending().received();
        return new AutobahnResult(
                one.id(),
                behavior.verdict(),
                close.verdict(),
                behavior.sentence(),
                close.sentence(),
                one.rules().permitted().stream().map(Permitted::describe).toList(),
                happened.happenings().stream()
                        .limit(MAX_SHOWN)
                        .map(Happening::describe)
                        .toList(),
                one.rules().close().describe(),
                remote.map(CloseStatus::code).orElse(OptionalInt.empty()),
                happened.duration());
    }

    private Finding behavior(Finding close) {
        Optional<Violation> violation =
                happened.violations().stream().filter(this::counts).findFirst();
        if (violation.isPresent()) {
            Violation found = violation.get();
            return new Finding(
                    Behavior.FAILED, "The client breaks " + found.rule().source() + ": " + found.detail() + ".");
        }
        if (one.rules().subject() == Subject.COMPRESSION && happened.deflate().isEmpty()) {
            return new Finding(
                    Behavior.UNIMPLEMENTED,
                    "The client did not offer permessage-deflate in a way that the case needs.");
        }
        if (early()) {
            return new Finding(
                    Behavior.FAILED,
                    happened.ending().timeout() == Timeout.EXPECTATION
                            ? "The client did not echo a plain text message in time, before the case proper."
                            : "The client ended the connection before the case proper began, while it was sent plain text messages.");
        }
        Finding events = events();
        boolean closing = one.rules().subject() == Subject.CLOSING;
        boolean wrongEnd = (closing || one.rules().subject() == Subject.FAILING) && close.verdict() == Behavior.FAILED;
        if (events.verdict() != Behavior.FAILED && (wrongEnd || (closing && close.verdict() == Behavior.WRONG_CODE))) {
            return new Finding(Behavior.FAILED, "What came is right, but not how the connection ended.");
        }
        return events;
    }

    /** Whether the client was gone, or never answered, before it was sent what the case is about. */
    private boolean early() {
        return happened.begun() <= one.rules().proof();
    }

    /** Whoever fails a connection may leave a frame unfinished. */
    private boolean counts(Violation violation) {
        Subject subject = one.rules().subject();
        return switch (violation.rule()) {
            case INCOMPLETE_FRAME -> subject != Subject.FAILING && subject != Subject.CLOSING;
            // The answer to a code that the RFC says nothing of.
            case CLOSE_CODE -> subject != Subject.OPEN;
            default -> true;
        };
    }

    private Finding events() {
        List<Permitted> lists = one.rules().permitted();
        Optional<Permitted> found = lists.stream()
                .filter(list -> list.matches(happened.happenings()))
                .findFirst();
        if (found.isEmpty()) {
            boolean late = happened.ending().timeout() == Timeout.EXPECTATION;
            return new Finding(
                    Behavior.FAILED,
                    late ? "What is expected did not come in time." : "What came is not what is expected.");
        }
        if (one.rules().subject() == Subject.OPEN) {
            return new Finding(Behavior.INFORMATIONAL, "What came is told; it is not judged.");
        }
        if (!found.get().under(strictness)) {
            return new Finding(
                    Behavior.FAILED,
                    found.get().why() + " Strict mode, which goes beyond the RFCs, does not permit it.");
        }
        return new Finding(found.get().verdict(), found.get().why());
    }

    /** A verdict and why. */
    record Finding(Behavior verdict, String sentence) {}
}
