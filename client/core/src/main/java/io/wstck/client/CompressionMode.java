package io.wstck.client;

/**
 * The option of a connect that selects whether the client offers {@code permessage-deflate}, and with which context
 * takeover (RFC 7692). If the server declines, the connection opens without compression.
 */
public enum CompressionMode {
    /** {@code permessage-deflate} is not offered (clause options.compression.disabled). */
    DISABLED,
    /**
     * The compression window is kept from message to message, unless the server asks for no context takeover (clause
     * options.compression.context-takeover).
     */
    CONTEXT_TAKEOVER,
    /**
     * Each message is compressed on its own, and the client asks the server to do the same (clause
     * options.compression.no-context).
     */
    NO_CONTEXT
}
