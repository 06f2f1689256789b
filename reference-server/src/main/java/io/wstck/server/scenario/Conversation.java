package io.wstck.server.scenario;

import io.wstck.server.scenario.Step.Send;
import io.wstck.server.wire.Message;
import java.util.List;

/**
 * The server's side of a dialogue with one client: its answers depend on the client's messages. The player's thread
 * only.
 */
public interface Conversation {
    /** Describes the messages that the client should send. */
    String expected();

    /** Handles a message of the client. */
    Turn onMessage(Message message);

    /** Handles a timeout: the client has sent nothing within the step's time. */
    Turn onTimeout();

    /** Tells whether the client may leave now: {@link TurnOutcome#DONE} or {@link TurnOutcome#REFUSED}. */
    TurnOutcome onClientGone();

    /** The messages that the server sends, and how the conversation continues. */
    record Turn(List<Send> sends, TurnOutcome outcome) {
        public Turn {
            sends = List.copyOf(sends);
        }

        /** Sends answers and waits for the next message. */
        public static Turn continueWith(Send... sends) {
            return new Turn(List.of(sends), TurnOutcome.CONTINUE);
        }

        /** Sends answers and ends the conversation. */
        public static Turn done(List<Send> sends) {
            return new Turn(sends, TurnOutcome.DONE);
        }

        /** Refuses the message with a close frame of this code and reason. */
        public static Turn refused(int code, String reason) {
            return new Turn(List.of(Step.SendClose.of(code, reason)), TurnOutcome.REFUSED);
        }
    }

    /** Tells how a conversation continues after a turn. */
    enum TurnOutcome {
        CONTINUE,
        DONE,
        /** The client sent the wrong message, so the step has failed. */
        REFUSED
    }
}
