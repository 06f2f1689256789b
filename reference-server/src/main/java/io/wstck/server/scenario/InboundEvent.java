package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.DiscardReason;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.InflateResult.ContextDependency;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.Violation;

/** An event from the client, as the player handles it. */
sealed interface InboundEvent {
    /** A description for people. */
    String describe();

    /** Whether the event is a message, or an event after which no message can be read. */
    default boolean concernsMessages() {
        return switch (this) {
            case ReceivedMessage _,
                    UnassembledMessage _,
                    CorruptMessage _,
                    EarlyBytesOverflow _,
                    Close _,
                    TcpEnded _,
                    Violated _ -> true;
            case Request _, RequestTooLong _, Ping _, Pong _ -> false;
        };
    }

    record Request(HttpRequest request) implements InboundEvent {
        @Override
        public String describe() {
            return "the request " + request.line();
        }
    }

    /** A request header that exceeds the limit. */
    record RequestTooLong(int limit) implements InboundEvent {
        @Override
        public String describe() {
            return "a request header of more than " + limit + " bytes";
        }
    }

    /**
     * A data message.
     *
     * @param evidence the journaled record of its content
     */
    record ReceivedMessage(Message message, RecordedPayload evidence) implements InboundEvent {
        @Override
        public String describe() {
            String coding = message.coding() instanceof MessageCoding.Deflated deflated
                    ? deflated.dependency()
                            .map(reach ->
                                    reach == ContextDependency.INDEPENDENT ? " compressed" : " compressed, not alone,")
                            .orElse(" compressed")
                    : "";
            return "a" + coding + " " + message.type().word() + " message " + message.content();
        }
    }

    record Ping(Bytes payload) implements InboundEvent {
        @Override
        public String describe() {
            return "a ping " + payload;
        }
    }

    record Pong(Bytes payload) implements InboundEvent {
        @Override
        public String describe() {
            return "a pong " + payload;
        }
    }

    record Close(CloseStatus status) implements InboundEvent {
        @Override
        public String describe() {
            return status.describe();
        }
    }

    /** A message that the reader has discarded. */
    record UnassembledMessage(DiscardReason reason) implements InboundEvent {
        @Override
        public String describe() {
            return reason.description();
        }
    }

    /** A compressed message that does not inflate. */
    record CorruptMessage() implements InboundEvent {
        @Override
        public String describe() {
            return "a compressed message that does not inflate";
        }
    }

    /**
     * More bytes after a request than the server keeps before its answer. Bytes after the request cannot be decoded.
     */
    record EarlyBytesOverflow(int limit) implements InboundEvent {
        @Override
        public String describe() {
            return "more than " + limit + " bytes behind the request, before it was answered";
        }
    }

    /** The client has broken a rule. Only a scenario that fails the connection then gets this event. */
    record Violated(Violation violation) implements InboundEvent {
        @Override
        public String describe() {
            return violation.rule().word() + ": " + violation.detail();
        }
    }

    /** The client has ended its side of TCP. */
    record TcpEnded(PeerEnd how) implements InboundEvent {
        @Override
        public String describe() {
            return switch (how) {
                case FIN -> "FIN without a close frame";
                case RST -> "RST";
                case ENDED -> "FIN or RST without a close frame";
            };
        }

        /** Describes an end of TCP after the client's close frame. */
        String describeAfter(CloseStatus close) {
            String end = how.phrase();
            return end + " after " + close.describe();
        }
    }
}
