package io.wstck.tck.implementation.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.NotJudgedReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Carries the calls of one case to the client. Any thread. */
public interface ClientCalls extends AutoCloseable {

    /** See {@link CalledClient#connect}. */
    CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException;

    /** The constants of the client's own module; empty if it has none, and scripts get the kit's. */
    default Optional<ObjectNode> constants() throws InterruptedException {
        return Optional.empty();
    }

    /** Makes the threads that receive messages. They are virtual, unless calls may never return. */
    default ThreadFactory receivers() {
        return Thread.ofVirtual().name("receive").factory();
    }

    /** Threads that were inside the client when the calls were closed, and are still alive. */
    default List<Thread> remainingThreads() {
        return List.of();
    }

    /** Why the case has no verdict about the client; empty if it has one. Called at the end of the case. */
    default Optional<NotJudgedReason> notJudgedReason() {
        return Optional.empty();
    }

    /** As above, after the script's time ran out: finds out whether a call hangs. Called before {@link #close}. */
    default Optional<NotJudgedReason> overtime() {
        return Optional.empty();
    }

    /** See {@link ImplementationSession#transferTime}. */
    default Duration transferTime(long begin, long end) throws InterruptedException {
        return Duration.ZERO;
    }

    /** Closes everything that the case left open. */
    @Override
    void close();
}
