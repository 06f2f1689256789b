package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.FrameHeader;
import java.security.SecureRandom;
import java.util.Optional;

/** Gives each frame of a client its masking key, and none to frames of a server (RFC 6455 §5.3). One thread. */
final class FrameMasking {
    private final Optional<SecureRandom> keys;

    private FrameMasking(Optional<SecureRandom> keys) {
        this.keys = keys;
    }

    /** The masking of the kit's frames for a peer with this role. */
    static FrameMasking of(EndpointRole peer) {
        return new FrameMasking(peer == EndpointRole.SERVER ? Optional.of(new SecureRandom()) : Optional.empty());
    }

    FrameHeader header(FrameHeader plain, OutFrame.ClientMask mask) {
        return switch (mask) {
            case NEW_KEY -> keys.map(random -> plain.withMask(random.nextInt())).orElse(plain);
            case ZERO_KEY -> keys.isPresent() ? plain.withMask(0) : plain;
            case NONE -> plain;
        };
    }
}
