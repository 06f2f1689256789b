package io.wstck.tck.implementation;

import io.wstck.lua.LuaModule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** An implementation while it plays one case; used by the thread that runs the case's script, closed by its owner. */
public interface ImplementationSession extends AutoCloseable {

    /** The servers of the case by name, as the script must name them to reach them. */
    Map<String, URI> urls();

    /** The documented module {@code websocket}, as this implementation has it. */
    LuaModule websocket();

    /** How the script is run by the implementation itself, if it is not run here against {@link #websocket}. */
    default Optional<HostedScripts> hostedScripts() {
        return Optional.empty();
    }

    /**
     * Makes these calls on one connection at the same time, the first 50 ms before the others, and waits until all have returned. Asked for only where the client has the
     * capability {@code parallel-calls}, and its client values have no method {@code kit_parallel}.
     *
     * @param client the client value of the script
     * @return for each call why it failed, if it did
     */
    default List<Optional<String>> parallel(LuaValue client, List<ParallelCall> calls) throws InterruptedException {
        throw new UnsupportedOperationException("this client makes no parallel calls");
    }

    /** Judges the connects that follow by these rules; whatever no rule denies is allowed. */
    void policy(List<PolicyRule> rules);

    /** Whether the connects that follow happen inside an execution context. */
    void context(Context context);

    /**
     * What, if anything, came between the script and the client, so that the case says nothing of it. Asked when the script has ended and the
     * connections have settled, before {@link #close}; may block for some seconds.
     */
    default Optional<Hindrance> hindrance(ScriptEnd end) {
        return Optional.empty();
    }

    /**
     * How much of the time between two {@link System#nanoTime}s went into bringing the script's calls to the client and their results back, as
     * far as that is known to be none of the client's. May block for some seconds.
     */
    default Duration transfer(long begin, long end) throws InterruptedException {
        return Duration.ZERO;
    }

    /**
     * Lets go of what the case left open, which ends a call that the script is blocked in. From any thread; closing again does
     * nothing.
     */
    @Override
    void close();

    /** Threads that were inside the client when the session was closed, and may still be; asked after {@link #close}. */
    default List<Thread> left() {
        return List.of();
    }

    /** How a script has ended. */
    enum ScriptEnd {
        /** By itself. */
        ENDED,
        /** Its time was over. */
        OVERTIME
    }

    /** Whether a script runs inside an execution context. */
    enum Context {
        PRESENT,
        ABSENT
    }
}
