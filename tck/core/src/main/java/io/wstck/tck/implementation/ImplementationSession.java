package io.wstck.tck.implementation;

import io.wstck.lua.LuaModule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/**
 * The implementation's part of one case: supplies the module {@code websocket} to the script, or runs the script
 * itself. The thread of the case's script uses it, and the session's owner closes it.
 */
public interface ImplementationSession extends AutoCloseable {

    /** The servers of the case by name, as the script must address them. */
    Map<String, URI> urls();

    /** The implementation's own version of the documented module {@code websocket}. */
    LuaModule websocket();

    /**
     * Runs the script in the implementation's own Lua; empty if the script runs in the kit against {@link #websocket}.
     */
    default Optional<HostedScriptRunner> hostedScripts() {
        return Optional.empty();
    }

    /**
     * Makes several calls on one connection at the same time, and waits until all have returned. The first call starts
     * 50 ms before the others. The kit uses it only if the client has the capability {@code parallel-calls} and its
     * client values have no method {@code kit_parallel}.
     *
     * @param client the client value of the script
     * @return for each call why it failed; empty if it succeeded
     */
    default List<Optional<String>> parallel(LuaValue client, List<ParallelCall> calls) throws InterruptedException {
        throw new UnsupportedOperationException("this client makes no parallel calls");
    }

    /** Sets the policy for all following connects. A connect that no rule denies is allowed. */
    void policy(List<PolicyRule> rules);

    /** Sets whether following connects run inside an execution context. */
    void context(Context context);

    /**
     * Why the case has no verdict about the client; empty if it has one. The runner asks after the script has ended and
     * the connections have settled, before {@link #close}. May block for some seconds.
     */
    default Optional<NotJudgedReason> notJudgedReason(ScriptEnd end) {
        return Optional.empty();
    }

    /**
     * How much of an interval went into carrying calls to the client and results back, as far as the kit can tell. May
     * block for some seconds.
     *
     * @param begin a {@link System#nanoTime}
     * @param end a {@link System#nanoTime}
     */
    default Duration transferTime(long begin, long end) throws InterruptedException {
        return Duration.ZERO;
    }

    /** Closes everything that the case left open, which ends a call that blocks the script. Any thread; idempotent. */
    @Override
    void close();

    /**
     * Threads that were inside the client when the session was closed, and are still alive. Call it after
     * {@link #close}.
     */
    default List<Thread> remainingThreads() {
        return List.of();
    }

    /** How a script has ended. */
    enum ScriptEnd {
        /** The script returned or raised an error. */
        ENDED,
        /** The script ran out of time. */
        OVERTIME
    }

    /** Whether a script runs inside an execution context. */
    enum Context {
        PRESENT,
        ABSENT
    }
}
