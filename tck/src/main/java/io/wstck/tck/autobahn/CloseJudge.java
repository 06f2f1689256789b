package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Ending;
import io.wstck.server.exchange.Ending.First;
import io.wstck.server.exchange.Ending.Timeout;
import io.wstck.server.wire.CloseStatus;
import io.wstck.tck.autobahn.AutobahnJudge.Finding;
import java.util.OptionalInt;
import java.util.Set;

/** The verdict over how a connection ended. */
final class CloseJudge {
    private CloseJudge() {}

    static Finding judge(CaseRules rules, Ending ending, Strictness strictness) {
        return switch (rules.close()) {
            case CloseRule.Clean clean -> clean(clean, ending);
            case CloseRule.Fails fails -> fails(fails.codes(), ending, strictness);
            case CloseRule.FailsClose fails -> failsClose(fails.codes(), ending, strictness);
            case CloseRule.Told _ -> told(ending);
        };
    }

    private static Finding clean(CloseRule.Clean rule, Ending ending) {
        if (ending.first() != First.SERVER || ending.timeout() == Timeout.EXPECTATION) {
            return new Finding(Behavior.FAILED, "The server was to close after what is expected, " + but(ending));
        }
        if (!ending.clean()) {
            return new Finding(Behavior.UNCLEAN, "The client did not answer the server's close frame.");
        }
        OptionalInt code = code(ending);
        if (code.isPresent() && !rule.codes().contains(code.getAsInt())) {
            return wrong(code);
        }
        return new Finding(Behavior.OK, "The server closed, and the client answered.");
    }

    private static Finding fails(Set<Integer> codes, Ending ending, Strictness strictness) {
        if (ending.first() == First.SERVER) {
            return new Finding(Behavior.FAILED, "The client was to fail the connection, " + but(ending));
        }
        return failed(codes, ending, strictness);
    }

    private static Finding failsClose(Set<Integer> codes, Ending ending, Strictness strictness) {
        if (ending.first() != First.SERVER || ending.timeout() == Timeout.EXPECTATION) {
            return new Finding(Behavior.FAILED, "The connection ended before the server's close frame: " + but(ending));
        }
        if (ending.timeout() == Timeout.CLOSE_REPLY) {
            return new Finding(
                    Behavior.FAILED, "The client was to fail the connection, but it neither closed nor ended it.");
        }
        if (ending.received().isPresent() && code(ending).isEmpty()) {
            return new Finding(
                    Behavior.WRONG_CODE, "The client answered with an empty close frame, as if all were well.");
        }
        return failed(codes, ending, strictness);
    }

    /** The client ended the connection: whether it said why, and the right thing. */
    private static Finding failed(Set<Integer> codes, Ending ending, Strictness strictness) {
        OptionalInt code = code(ending);
        if (code.isPresent() && !codes.contains(code.getAsInt())) {
            return wrong(code);
        }
        if (code.isEmpty() && strictness == Strictness.STRICT) {
            return new Finding(Behavior.FAILED, "The client failed the connection without a close code (strict mode).");
        }
        return new Finding(
                Behavior.OK,
                code.isPresent() ? "The client failed the connection." : "The client ended the connection.");
    }

    private static Finding told(Ending ending) {
        boolean inVain = ending.timeout() == Timeout.EXPECTATION || ending.timeout() == Timeout.CLOSE_REPLY;
        return ending.first() != First.SERVER || inVain
                ? new Finding(
                        Behavior.FAILED, "The connection was to end after the server's close frame, " + but(ending))
                : new Finding(Behavior.INFORMATIONAL, "The connection ended; how is told, not judged.");
    }

    private static Finding wrong(OptionalInt code) {
        return new Finding(Behavior.WRONG_CODE, "The client's close code is " + code.getAsInt() + ".");
    }

    private static OptionalInt code(Ending ending) {
        return ending.received().map(CloseStatus::code).orElse(OptionalInt.empty());
    }

    private static String but(Ending ending) {
        return switch (ending.first()) {
            case CLIENT_CLOSE -> "but the client closed first.";
            case CLIENT_DROP -> "but the client ended TCP before that.";
            case SERVER ->
                ending.timeout() == Timeout.NONE
                        ? "but the server had closed before that."
                        : "but it did not within the time that the case gives.";
        };
    }
}
