package io.wstck.client.protocol;

import io.wstck.client.CloseCode;

/** The reasons for which a client fails an open connection, each with its close code (RFC 6455 §7.1.7). */
public enum Violation {
    RESERVED_BITS(
            CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "a reserved bit is set and no extension gives it a meaning"),
    RESERVED_OPCODE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "the opcode is reserved"),
    MASKED_FRAME(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.1", "a server must not mask a frame"),
    LENGTH_NOT_MINIMAL(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "the length is not in its shortest form"),
    LENGTH_TOO_LARGE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "the top bit of a 64-bit length is set"),
    CONTROL_TOO_LONG(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5", "a control frame carries at most 125 bytes"),
    CONTROL_FRAGMENTED(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5", "a control frame must not be fragmented"),
    ORPHAN_CONTINUATION(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.4", "there is no message to continue"),
    NESTED_MESSAGE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.4", "a message begins inside a fragmented message"),
    CLOSE_PAYLOAD_TOO_SHORT(
            CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5.1", "a close frame carries no payload or at least two bytes"),
    CLOSE_CODE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §7.4", "the close code must not be in a close frame"),
    CLOSE_REASON_NOT_UTF8(CloseCode.INVALID_PAYLOAD, "RFC 6455 §5.5.1", "the close reason is not valid UTF-8"),
    TEXT_NOT_UTF8(CloseCode.INVALID_PAYLOAD, "RFC 6455 §8.1", "the text message is not valid UTF-8"),
    COMPRESSED_BIT(
            CloseCode.PROTOCOL_ERROR, "RFC 7692 §6", "only the first frame of a message says whether it is compressed"),
    NOT_DEFLATED(CloseCode.INVALID_PAYLOAD, "RFC 7692 §7.2.2", "the compressed message cannot be inflated"),
    MESSAGE_TOO_BIG(CloseCode.MESSAGE_TOO_BIG, "RFC 6455 §10.4", "the message is longer than the read limit");

    private final CloseCode closeCode;
    private final String section;
    private final String sentence;

    Violation(CloseCode closeCode, String section, String sentence) {
        this.closeCode = closeCode;
        this.section = section;
        this.sentence = sentence;
    }

    /** Returns the code of the close frame that answers the violation. */
    public CloseCode closeCode() {
        return closeCode;
    }

    /** Returns the RFC and its section that state the rule. */
    public String section() {
        return section;
    }

    /** Returns the rule, or the mistake, as a sentence without its full stop. */
    public String sentence() {
        return sentence;
    }
}
