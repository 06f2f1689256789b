package io.wstck.server.wire;

import java.util.Locale;

/** The rules that a client can break, each with the section of the RFC that makes it one. */
public enum Rule {
    HANDSHAKE_REQUEST("RFC 6455 §4.1"),
    UNMASKED_FRAME("RFC 6455 §5.1"),
    RESERVED_BITS("RFC 6455 §5.2"),
    RESERVED_OPCODE("RFC 6455 §5.2"),
    LENGTH_NOT_MINIMAL("RFC 6455 §5.2"),
    LENGTH_TOO_LARGE("RFC 6455 §5.2"),
    CONTROL_TOO_LONG("RFC 6455 §5.5"),
    CONTROL_FRAGMENTED("RFC 6455 §5.5"),
    ORPHAN_CONTINUATION("RFC 6455 §5.4"),
    NESTED_MESSAGE("RFC 6455 §5.4"),
    TEXT_NOT_UTF8("RFC 6455 §5.6, §8.1"),
    CLOSE_PAYLOAD("RFC 6455 §5.5.1"),
    CLOSE_CODE("RFC 6455 §7.4"),
    FRAME_AFTER_CLOSE("RFC 6455 §5.5.1"),
    EXTENSION_OFFER("RFC 7692 §7.1, RFC 6455 §9.1"),
    DEFLATE_DATA("RFC 7692 §7.2.2"),
    DEFLATE_WINDOW("RFC 7692 §7.1.1.2, §7.1.2.2"),
    DEFLATE_TAIL("RFC 7692 §7.2.1"),
    INCOMPLETE_FRAME("RFC 6455 §5.2");

    private final String source;

    Rule(String source) {
        this.source = source;
    }

    /** The name in journals: {@code unmasked-frame}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The section of the RFC. */
    public String source() {
        return source;
    }
}
