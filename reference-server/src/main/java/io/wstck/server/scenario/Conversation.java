package io.wstck.server.scenario;

import io.wstck.server.scenario.Step.Send;
import io.wstck.server.wire.Message;
import java.util.List;

/** One side of a talk with one client, whose answers depend on what the client says. The player's thread only. */
public interface Conversation {
    /** What is wanted of the client, for people. */
    String expected();

    /** The client has sent a message. */
    Turn onMessage(Message message);

    /** The client has sent nothing for as long as was waited. */
    Turn onQuiet();

    /** Whether the client may leave instead, and the script end: {@link Next#DONE} or {@link Next#REFUSED}. */
    Next onLeaving();

    /** What is sent, and what comes after it. */
    record Turn(List<Send> sends, Next next) {
        public Turn {
            sends = List.copyOf(sends);
        }

        /** Answers, and waits for more. */
        public static Turn goOn(Send... sends) {
            return new Turn(List.of(sends), Next.GO_ON);
        }

        /** Answers, and is done. */
        public static Turn done(List<Send> sends) {
            return new Turn(sends, Next.DONE);
        }

        /** Refuses what came, with a close frame of that code and reason. */
        public static Turn refused(int code, String reason) {
            return new Turn(List.of(Step.SendClose.of(code, reason)), Next.REFUSED);
        }
    }

    /** What comes after a turn. */
    enum Next {
        GO_ON,
        DONE,
        /** The client did not say what it should: the step has failed. */
        REFUSED
    }
}
