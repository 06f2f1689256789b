package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Coding;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.NotTaken;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.deflate.Inflated.Reach;

/** What comes from the client, as the player sees it. */
sealed interface Inbound {
    /** For people: what it is. */
    String describe();

    /** Whether it is a message, or that none can be taken any more. */
    default boolean concernsMessages() {
        return switch (this) {
            case Data _, Untaken _, Broken _, TooEarly _, Close _, Ended _ -> true;
            case Request _, RequestTooLong _, Ping _, Pong _ -> false;
        };
    }

    record Request(HttpRequest request) implements Inbound {
        @Override
        public String describe() {
            return "the request " + request.line();
        }
    }

    /** A request header beyond what is read. */
    record RequestTooLong(int limit) implements Inbound {
        @Override
        public String describe() {
            return "a request header of more than " + limit + " bytes";
        }
    }

    /**
     * A message.
     *
     * @param evidence of its content, as journaled
     */
    record Data(Message message, Payload evidence) implements Inbound {
        @Override
        public String describe() {
            String coding = message.coding() instanceof Coding.Deflated deflated
                    ? deflated.reach()
                            .map(reach -> reach == Reach.ALONE ? " compressed" : " compressed, not alone,")
                            .orElse(" compressed")
                    : "";
            return "a" + coding + " " + message.type().id() + " message " + message.content();
        }
    }

    record Ping(Bytes payload) implements Inbound {
        @Override
        public String describe() {
            return "a ping " + payload;
        }
    }

    record Pong(Bytes payload) implements Inbound {
        @Override
        public String describe() {
            return "a pong " + payload;
        }
    }

    record Close(CloseStatus status) implements Inbound {
        @Override
        public String describe() {
            return status.describe();
        }
    }

    /** A message beyond what is assembled. */
    record Untaken(NotTaken why) implements Inbound {
        @Override
        public String describe() {
            return why.description();
        }
    }

    /** A compressed message that does not inflate. */
    record Broken() implements Inbound {
        @Override
        public String describe() {
            return "a compressed message that does not inflate";
        }
    }

    /** More bytes behind a request than are kept until it is answered: nothing behind it can be decoded. */
    record TooEarly(int limit) implements Inbound {
        @Override
        public String describe() {
            return "more than " + limit + " bytes behind the request, before it was answered";
        }
    }

    /** The client ended its side of TCP. */
    record Ended(PeerEnd how) implements Inbound {
        @Override
        public String describe() {
            return switch (how) {
                case FIN -> "FIN without a close frame";
                case RST -> "RST";
                case ENDED -> "FIN or RST without a close frame";
            };
        }

        /** The same for an end that comes after the client's close frame. */
        String describeAfter(CloseStatus close) {
            String end = how == PeerEnd.ENDED ? "FIN or RST" : how.name();
            return end + " after " + close.describe();
        }
    }
}
