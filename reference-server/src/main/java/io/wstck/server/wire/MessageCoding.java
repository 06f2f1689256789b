package io.wstck.server.wire;

import io.wstck.server.wire.InflateResult.ContextDependency;
import java.util.Optional;

/**
 * Tells how frames carry a message: as it is, or compressed, with the facts about the compressed form (RFC 7692 §6).
 */
public sealed interface MessageCoding {
    /** Whether the message is compressed. */
    default Compression compression() {
        return switch (this) {
            case Plain _ -> Compression.PLAIN;
            case Deflated _ -> Compression.COMPRESSED;
        };
    }

    /** The frames carry the message as it is. */
    record Plain() implements MessageCoding {}

    /**
     * The frames carry the message compressed.
     *
     * @param wireLength the compressed length, in bytes
     * @param dependency whether the message needs earlier ones; known for received messages only
     */
    record Deflated(long wireLength, Optional<ContextDependency> dependency) implements MessageCoding {}
}
