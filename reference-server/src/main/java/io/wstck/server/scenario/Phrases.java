package io.wstck.server.scenario;

import io.undertow.util.StatusCodes;

/** The reason phrases of HTTP statuses. */
public final class Phrases {
    private Phrases() {}

    /** The usual phrase of {@code status}; {@code Status} and the number for one without. */
    public static String of(int status) {
        if (status == HandshakeAnswer.SWITCHING_PROTOCOLS) {
            return "Switching Protocols";
        }
        String reason = StatusCodes.getReason(status);
        return reason.startsWith("Unknown") ? "Status " + status : reason;
    }
}
