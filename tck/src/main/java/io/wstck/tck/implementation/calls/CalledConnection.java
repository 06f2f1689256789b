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
 * An open connection of the client that is judged. It reads from the network from the beginning, as far as its own limits let
 * it. Any thread; a call may come while another one waits.
 */
public interface CalledConnection {

    /**
     * Sends one message, and returns when the client says that it is sent (clauses send.*).
     *
     * @param type absent: whatever the client takes when nobody says
     */
    void send(Optional<MessageType> type, byte[] data) throws CallFailedException, InterruptedException;

    /** Sends a ping, without waiting for its pong (clauses ping.*). */
    void ping() throws CallFailedException, InterruptedException;

    /**
     * Takes the next message (clauses receive.*). The kit never has two of these under way on one connection.
     *
     * @param wait how long at most; zero asks without waiting; absent: until there is a message or the connection has ended
     */
    Received receive(Optional<Duration> wait) throws InterruptedException;

    /** Sends back every message as it came, until the connection has ended: for long runs. */
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
     * Makes these calls at the same time, each on a thread of its own, the first 50 ms before the others, and waits until all have returned. Asked for only where the client has
     * the capability {@code parallel-calls}.
     *
     * @return for each call why it failed, if it did
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
     * @param code absent: the client's default; an integer, unless a case asks for something else on purpose
     */
    void close(OptionalDouble code, Optional<String> reason) throws CallFailedException, InterruptedException;

    /**
     * The attributes of the WebSocket object that this is, and of its event {@code close} if that was fired, by their names in the
     * WHATWG standard (clauses web.*). Asked for only where the client has the capability {@code web}.
     */
    default ObjectNode attributes() throws CallFailedException, InterruptedException {
        throw HinderedException.unsupported("its connections are no WebSocket objects of the WHATWG standard");
    }

    /**
     * The case is over: lets go of the connection in whatever state, which ends every call that is still under way on it. Never
     * fails, and waits for no peer.
     */
    void release();

    /** How much was echoed. */
    record Echoed(long messages, long bytes) {}
}
