package io.wstck.tck.implementation.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.ParallelCall;
import io.wstck.tck.implementation.ParallelCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/**
 * An open connection of the client under test. It reads from the network from the start, as far as its own limits
 * allow. Any thread; calls may overlap.
 */
public interface CalledConnection {

    /**
     * Sends one message, and returns when the client says that it is sent (clauses send.*).
     *
     * @param type empty: the client's default
     */
    void send(Optional<MessageType> type, byte[] data) throws CallFailedException, InterruptedException;

    /** Sends a ping without waiting for its pong (clauses ping.*). */
    void ping() throws CallFailedException, InterruptedException;

    /**
     * Takes the next message (clauses receive.*). The kit never makes two of these calls at a time on one connection.
     *
     * @param wait maximum wait; zero asks without waiting; empty waits for a message or the end of the connection
     */
    Received receive(Optional<Duration> wait) throws InterruptedException;

    /** Sends back every message until the connection has ended. Used by long tests. */
    default Echoed echo() throws CallFailedException, InterruptedException {
        long messages = 0;
        long bytes = 0;
        while (receive(Optional.empty()) instanceof Received.Message message) {
            send(Optional.of(message.kind()), message.data());
            messages++;
            bytes += message.data().length;
        }
        return new Echoed(messages, bytes);
    }

    /**
     * Makes several calls at the same time, each on its own thread, and waits until all have returned. The first call
     * starts 50 ms before the others. The kit uses it only if the client has the capability {@code parallel-calls}.
     *
     * @return for each call why it failed; empty if it succeeded
     */
    default List<Optional<String>> parallel(List<ParallelCall> calls) throws CallFailedException, InterruptedException {
        return ParallelCalls.run(calls.stream()
                .<Callable<Boolean>>map(call -> () -> {
                    make(call);
                    return true;
                })
                .toList());
    }

    private void make(ParallelCall call) throws CallFailedException, InterruptedException {
        switch (call) {
            case ParallelCall.Send(int type, byte[] data) ->
                send(Optional.of(type == MessageType.BINARY.number() ? MessageType.BINARY : MessageType.TEXT), data);
            case ParallelCall.Ping() -> ping();
            case ParallelCall.Close(OptionalInt code) ->
                close(code.isPresent() ? OptionalDouble.of(code.getAsInt()) : OptionalDouble.empty(), Optional.empty());
        }
    }

    /**
     * Closes the connection (clauses close.*).
     *
     * @param code empty: the client's default. An integer, except in cases that test other numbers
     */
    void close(OptionalDouble code, Optional<String> reason) throws CallFailedException, InterruptedException;

    /**
     * The attributes of this WebSocket object, and of its {@code close} event if that was fired. Their names are those
     * of the WHATWG standard (clauses web.*). The kit uses it only if the client has the capability {@code web}.
     */
    default ObjectNode attributes() throws CallFailedException, InterruptedException {
        throw NotJudgedException.unsupported("its connections are no WebSocket objects of the WHATWG standard");
    }

    /**
     * Releases the connection in any state at the end of the case. Ends every call that is still running on it. Never
     * fails, and waits for no peer.
     */
    void release();

    /** The number of messages and bytes that were echoed. */
    record Echoed(long messages, long bytes) {}
}
