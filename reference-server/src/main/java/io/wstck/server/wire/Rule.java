package io.wstck.server.wire;

import io.wstck.server.text.FormatWord;

/** The protocol rules that a client or a server can break, each with its section of an RFC. */
public enum Rule implements FormatWord {
    HANDSHAKE_REQUEST("handshake-request", "RFC 6455 §4.1"),
    UNMASKED_FRAME("unmasked-frame", "RFC 6455 §5.1"),
    RESERVED_BITS("reserved-bits", "RFC 6455 §5.2"),
    RESERVED_OPCODE("reserved-opcode", "RFC 6455 §5.2"),
    LENGTH_NOT_MINIMAL("length-not-minimal", "RFC 6455 §5.2"),
    LENGTH_TOO_LARGE("length-too-large", "RFC 6455 §5.2"),
    CONTROL_TOO_LONG("control-too-long", "RFC 6455 §5.5"),
    CONTROL_FRAGMENTED("control-fragmented", "RFC 6455 §5.5"),
    ORPHAN_CONTINUATION("orphan-continuation", "RFC 6455 §5.4"),
    NESTED_MESSAGE("nested-message", "RFC 6455 §5.4"),
    TEXT_NOT_UTF8("text-not-utf8", "RFC 6455 §5.6, §8.1"),
    CLOSE_PAYLOAD("close-payload", "RFC 6455 §5.5.1"),
    CLOSE_CODE("close-code", "RFC 6455 §7.4"),
    FRAME_AFTER_CLOSE("frame-after-close", "RFC 6455 §5.5.1"),
    EXTENSION_OFFER("extension-offer", "RFC 7692 §7.1, RFC 6455 §9.1"),
    DEFLATE_DATA("deflate-data", "RFC 7692 §7.2.2"),
    DEFLATE_WINDOW("deflate-window", "RFC 7692 §7.1.1.2, §7.1.2.2"),
    DEFLATE_TAIL("deflate-tail", "RFC 7692 §7.2.1"),
    INCOMPLETE_FRAME("incomplete-frame", "RFC 6455 §5.2"),
    /** Only a server breaks this rule. */
    MASKED_FRAME("masked-frame", "RFC 6455 §5.1"),
    /** Only a server breaks this rule: it accepts an offer without a parameter that the offer demands. */
    EXTENSION_DEMAND("extension-demand", "RFC 7692 §7.1.1.1, §7.1.2.1");

    private final String word;
    private final String source;

    Rule(String word, String source) {
        this.word = word;
        this.source = source;
    }

    /** The word in journals, for example {@code unmasked-frame}. */
    @Override
    public String word() {
        return word;
    }

    /** The RFC and the section. */
    public String source() {
        return source;
    }
}
