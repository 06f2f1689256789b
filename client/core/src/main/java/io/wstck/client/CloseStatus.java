package io.wstck.client;

import java.util.Objects;

/**
 * Code and reason of a close frame (RFC 6455 §7.1.5, §7.1.6).
 *
 * @param code 1000-4999; {@link CloseCode#NO_STATUS} stands for a close frame without a payload
 * @param reason empty, or up to 123 bytes of UTF-8
 */
public record CloseStatus(int code, String reason) {
    /** A close frame without a payload (RFC 6455 §7.1.5). */
    public static final CloseStatus NONE = new CloseStatus(CloseCode.NO_STATUS.value(), "");

    /** Checks that the reason is not null. */
    public CloseStatus {
        Objects.requireNonNull(reason, "reason");
    }
}
