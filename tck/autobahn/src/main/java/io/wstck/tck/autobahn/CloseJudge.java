package io.wstck.tck.autobahn;

import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnJudge.ReasonedVerdict;
import io.wstck.tck.autobahn.exchange.ExchangeEnd;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.EndInitiator;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.Timeout;
import io.wstck.tck.autobahn.exchange.RoleText;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides the verdict over the end of a connection.
 *
 * @param peer the role of the side that is judged
 */
record CloseJudge(EndpointRole peer, Strictness strictness) {
    ReasonedVerdict judge(VerdictRules rules, ExchangeEnd ending) {
        ReasonedVerdict verdict = judgeFrames(rules, ending);
        boolean serverKeptTcp = peer == EndpointRole.SERVER && ending.timeout() == Timeout.TCP_END;
        return serverKeptTcp && verdict.verdict().passes()
                ? new ReasonedVerdict(
                        AutobahnVerdict.FAILED_BY_CLIENT,
                        "The server did not end TCP after the closing handshake (RFC 6455 §7.1.1), so the client dropped it.")
                : verdict;
    }

    private ReasonedVerdict judgeFrames(VerdictRules rules, ExchangeEnd ending) {
        return switch (rules.close()) {
            case CloseRule.CleanClose rule -> judgeCleanClose(rule, ending);
            case CloseRule.ConnectionFailure rule -> judgeFailure(rule.codes(), ending);
            case CloseRule.FailureOnClose rule -> judgeFailureOnClose(rule.codes(), ending);
            case CloseRule.AnyConnectionEnd _ -> judgeAnyEnd(ending);
        };
    }

    private ReasonedVerdict judgeCleanClose(CloseRule.CleanClose rule, ExchangeEnd ending) {
        if (ending.initiator() != EndInitiator.KIT || ending.expectationFailed()) {
            return verdict(
                    AutobahnVerdict.FAILED, "The {kit} was to close after the expected events, " + contrast(ending));
        }
        if (!ending.clean()) {
            return verdict(AutobahnVerdict.UNCLEAN, "The {peer} did not answer the {kit}'s close frame.");
        }
        OptionalInt code = code(ending);
        if (code.isPresent() && !rule.codes().contains(code.getAsInt())) {
            return wrongCode(code);
        }
        return verdict(AutobahnVerdict.OK, "The {kit} closed, and the {peer} answered.");
    }

    private ReasonedVerdict judgeFailure(Set<Integer> codes, ExchangeEnd ending) {
        if (ending.initiator() == EndInitiator.KIT) {
            return verdict(AutobahnVerdict.FAILED, "The {peer} was to fail the connection, " + contrast(ending));
        }
        return judgeCode(codes, ending);
    }

    private ReasonedVerdict judgeFailureOnClose(Set<Integer> codes, ExchangeEnd ending) {
        if (ending.initiator() != EndInitiator.KIT || ending.expectationFailed()) {
            return verdict(
                    AutobahnVerdict.FAILED, "The connection ended before the {kit}'s close frame: " + contrast(ending));
        }
        if (ending.timeout() == Timeout.CLOSE_REPLY) {
            return verdict(
                    AutobahnVerdict.FAILED,
                    "The {peer} was to fail the connection, but it neither closed nor ended it.");
        }
        if (ending.received().isPresent() && code(ending).isEmpty()) {
            return verdict(
                    AutobahnVerdict.WRONG_CODE,
                    "The {peer} answered with an empty close frame, which reports no error.");
        }
        return judgeCode(codes, ending);
    }

    /** The peer ended the connection: judges its close code. */
    private ReasonedVerdict judgeCode(Set<Integer> codes, ExchangeEnd ending) {
        OptionalInt code = code(ending);
        if (code.isPresent() && !codes.contains(code.getAsInt())) {
            return wrongCode(code);
        }
        if (code.isEmpty() && strictness == Strictness.STRICT) {
            return verdict(
                    AutobahnVerdict.FAILED, "The {peer} failed the connection without a close code (strict mode).");
        }
        return verdict(
                AutobahnVerdict.OK,
                code.isPresent() ? "The {peer} failed the connection." : "The {peer} ended the connection.");
    }

    private ReasonedVerdict judgeAnyEnd(ExchangeEnd ending) {
        boolean timedOut = ending.expectationFailed() || ending.timeout() == Timeout.CLOSE_REPLY;
        return ending.initiator() != EndInitiator.KIT || timedOut
                ? verdict(
                        AutobahnVerdict.FAILED,
                        "The connection was to end after the {kit}'s close frame, " + contrast(ending))
                : verdict(AutobahnVerdict.INFORMATIONAL, "The connection ended; the way is recorded, not judged.");
    }

    private ReasonedVerdict wrongCode(OptionalInt code) {
        return verdict(AutobahnVerdict.WRONG_CODE, "The {peer}'s close code is " + code.getAsInt() + ".");
    }

    private ReasonedVerdict verdict(AutobahnVerdict verdict, String template) {
        return new ReasonedVerdict(verdict, RoleText.of(peer, template));
    }

    private OptionalInt code(ExchangeEnd ending) {
        return ending.received().map(CloseStatus::code).orElse(OptionalInt.empty());
    }

    private String contrast(ExchangeEnd ending) {
        return switch (ending.initiator()) {
            case PEER_CLOSE -> "but the {peer} closed first.";
            case PEER_DROP -> "but the {peer} ended TCP before that.";
            case KIT ->
                switch (ending.timeout()) {
                    case NONE -> "but the {kit} had closed before that.";
                    case CONTINUATION -> "but it sent a further message or pong.";
                    case OPENING, EXPECTATION, CLOSE_REPLY, TCP_END ->
                        "but it did not within the time that the case gives.";
                };
        };
    }
}
