package io.wstck.client.protocol;

import io.wstck.client.CloseStatus;
import io.wstck.client.Message;
import java.nio.ByteBuffer;

/** An event that {@link ClientConnectionProtocol#receive} finds in the bytes of the server. */
public sealed interface ProtocolEvent {
    /** All bytes are taken; the next event needs more bytes. */
    enum NeedData implements ProtocolEvent {
        NEED_DATA
    }

    /** A message is complete. */
    record MessageReceived(Message message) implements ProtocolEvent {}

    /** A ping; the pong is due (RFC 6455 §5.5.2). */
    record PingReceived(ByteBuffer payload) implements ProtocolEvent {}

    /** A pong; nothing has to be done (RFC 6455 §5.5.3). */
    record PongReceived(ByteBuffer payload) implements ProtocolEvent {}

    /** The server's close frame; it is the last event (RFC 6455 §5.5.1). */
    record CloseReceived(CloseStatus status) implements ProtocolEvent {}

    /**
     * The server broke a rule, and the connection fails; it is the last event (RFC 6455 §7.1.7).
     *
     * @param detail the rule, what came instead and where, and the section
     */
    record ConnectionFailed(Violation violation, String detail) implements ProtocolEvent {}
}
