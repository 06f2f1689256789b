package io.wstck.tck.implementation.calls;

import io.wstck.lua.LuaSession;
import io.wstck.lua.errors.LuaErrors;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.SafeText;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Makes calls to the client on behalf of a script, and turns what they throw into results or into the end of the script. */
final class CallRunner {
    private final LuaSession session;
    private final FirstHindrance hindrance;

    CallRunner(LuaSession session, FirstHindrance hindrance) {
        this.session = session;
        this.hindrance = hindrance;
    }

    /** A documented call. */
    @FunctionalInterface
    interface Call {
        Varargs run() throws CallFailedException, InterruptedException;
    }

    /**
     * The results of a call. On the script's thread.
     *
     * @param failed the first result of a call that fails
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
                // Kotlin and others throw checked exceptions that no signature tells. The session ends the script as
                // soon as it is back from the call.
                hinder(e);
                return LuaValue.NONE;
            }
        });
    }

    /** Ends the script because of what a call has thrown. From any thread. */
    void hinder(Throwable thrown) {
        hindrance.stop(
                session,
                thrown instanceof HinderedException hindered
                        ? hindered.hindrance()
                        : new Hindrance.Trouble("the adapter could not do it: " + SafeText.of(thrown)));
    }
}
