package io.wstck.tck.implementation.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.ImplementationSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** The calls of one case, on their way to the client. Any thread. */
public interface ClientCalls extends AutoCloseable {

    /** See {@link CalledClient#connect}. */
    CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException;

    /** The constants of the client's own module, if it has one; the kit's stand in for them otherwise. */
    default Optional<ObjectNode> constants() throws InterruptedException {
        return Optional.empty();
    }

    /** Makes the threads on which messages are received: virtual ones unless the calls may never return. */
    default ThreadFactory receivers() {
        return Thread.ofVirtual().name("receive").factory();
    }

    /** Threads that were inside the client when the calls were closed, and may still be. */
    default List<Thread> left() {
        return List.of();
    }

    /** What, if anything, has come between the script and the client, when the case is over. */
    default Optional<Hindrance> hindrance() {
        return Optional.empty();
    }

    /** The same when the script's time was over: finds out whether a call hangs. Called before {@link #close}. */
    default Optional<Hindrance> overtime() {
        return Optional.empty();
    }

    /** See {@link ImplementationSession#transfer}. */
    default Duration transfer(long begin, long end) throws InterruptedException {
        return Duration.ZERO;
    }

    /** Lets go of what the case left open. */
    @Override
    void close();
}
