package io.wstck.server.wire;

import io.wstck.server.wire.deflate.Inflated.Reach;
import java.util.Optional;

/** How a message is carried (RFC 7692 §6). */
public sealed interface Coding {
    /** As it is. */
    record Plain() implements Coding {}

    /**
     * Compressed.
     *
     * @param wireLength bytes on the wire
     * @param reach known of what came, not of what is sent
     */
    record Deflated(long wireLength, Optional<Reach> reach) implements Coding {}
}
