package io.wstck.tck.implementation.calls;

import io.wstck.lua.LuaSession;
import io.wstck.lua.errors.LuaErrors;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.SafeText;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Runs each call of a script to the client on the script's thread. Turns an exception of the call into results for the
 * script, or ends the script.
 */
final class CallRunner {
    private final LuaSession session;
    private final FirstNotJudgedReason reason;

    CallRunner(LuaSession session, FirstNotJudgedReason reason) {
        this.session = session;
        this.reason = reason;
    }

    /** A documented call. */
    @FunctionalInterface
    interface Call {
        Varargs run() throws CallFailedException, InterruptedException;
    }

    /**
     * Runs a call on the script's thread and returns its results.
     *
     * @param failed the first result if the call fails
     */
    Varargs run(LuaValue failed, Call call) {
        return session.blocking(() -> {
            try {
                return call.run();
            } catch (CallFailedException e) {
                return LuaValue.varargsOf(
                        failed,
                        LuaErrors.error(e.kind(), e.getMessage(), e.retry() == CallFailedException.Retry.WORTH_IT));
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                // Kotlin and other languages throw undeclared checked exceptions. The session ends the script after
                // this call.
                stopScript(e);
                return LuaValue.NONE;
            }
        });
    }

    /** Ends the script because a call threw. Any thread. */
    void stopScript(Throwable thrown) {
        reason.stop(
                session,
                thrown instanceof NotJudgedException notJudged
                        ? notJudged.notJudgedReason()
                        : new NotJudgedReason.AdapterTrouble("the adapter could not do it: " + SafeText.of(thrown)));
    }
}
