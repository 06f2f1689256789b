package io.wstck.tck.implementation.agent;

import java.util.Locale;

/** The operations of the protocol. */
enum Operation {
    HELLO,
    CONNECT,
    SEND,
    PING,
    PARALLEL,
    RECEIVE,
    ECHO,
    CLOSE,
    ATTRIBUTES,
    CONSTANTS,
    SCRIPT,
    NOOP,
    END;

    /** As messages name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
