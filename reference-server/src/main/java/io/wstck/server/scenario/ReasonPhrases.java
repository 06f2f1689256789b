package io.wstck.server.scenario;

import io.undertow.util.StatusCodes;

/** The reason phrases of HTTP statuses. */
public final class ReasonPhrases {
    private ReasonPhrases() {}

    /** The standard phrase of {@code status}, or {@code Status} and the number if it has none. */
    public static String of(int status) {
        if (status == HandshakeAnswer.SWITCHING_PROTOCOLS) {
            return "Switching Protocols";
        }
        String reason = StatusCodes.getReason(status);
        return reason.startsWith("Unknown") ? "Status " + status : reason;
    }
}
