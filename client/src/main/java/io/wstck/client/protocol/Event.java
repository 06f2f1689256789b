package io.wstck.client.protocol;

import io.wstck.client.CloseStatus;
import io.wstck.client.Message;
import java.nio.ByteBuffer;

/** What the bytes of a server amount to. */
public sealed interface Event {
    /** All bytes are taken; the next event needs more of them. */
    enum Starved implements Event {
        STARVED
    }

    /** A message is complete. */
    record MessageReceived(Message message) implements Event {}

    /** A ping, to be answered by a pong with the same payload (RFC 6455 §5.5.2). */
    record PingReceived(ByteBuffer payload) implements Event {}

    /** A pong; nothing has to be done (RFC 6455 §5.5.3). */
    record PongReceived(ByteBuffer payload) implements Event {}

    /** The server's close frame; what follows it is not to be read (RFC 6455 §5.5.1). */
    record CloseReceived(CloseStatus status) implements Event {}
}
