package io.wstck.server.head;

import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateParameters;

/** Describes permessage-deflate parameters in words (RFC 7692 §7.1). Stateless. */
final class DeflateDescription {
    private DeflateDescription() {}

    static String of(DeflateParameters parameters) {
        return "permessage-deflate: server window " + parameters.serverWindowBits() + ", client window "
                + parameters.clientWindowBits() + ", server " + takeover(parameters.serverTakeover()) + ", client "
                + takeover(parameters.clientTakeover());
    }

    private static String takeover(ContextTakeover takeover) {
        return switch (takeover) {
            case SLIDING -> "context takeover";
            case NONE -> "no context takeover";
        };
    }
}
