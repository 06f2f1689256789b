package io.wstck.tck.autobahn.servers;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The ways in which an {@link EchoServer} can be wrong. Each is caught in its sections, and nowhere else. */
enum ServerFault {
    /** It is right. */
    NONE("", "*,14.*"),
    /** It loses the last byte of a message of 64 KiB or more. */
    SHORT_ECHO("1,7,9,10", "*"),
    /** It echoes text as binary. */
    WRONG_TYPE("1,2,3,4,5,6,7,9,10", "*"),
    /** It masks its frames. */
    MASKED("1,2,3,4,5,6,7,9,10", "1.*.1,2.1,3.1,4.1.1,5.1,6.1.1,7.1.1,9.1.1,10.1.1"),
    /** It answers no ping. */
    NO_PONG("2,5", "1.1.1,2.1,2.2,5.6,5.7,6.1.1,7.1.1"),
    /** It answers a ping without its payload. */
    EMPTY_PONG("2,5", "*"),
    /** It answers only the latest of several pings, which RFC 6455 §5.5.3 allows. */
    LATEST_PONG("", "2.*,5.*"),
    /** It accepts control frames of more than 125 bytes. */
    LONG_CONTROL("2,7", "*"),
    /** It ignores reserved bits. */
    RESERVED_BITS("3", "*"),
    /** It ignores frames with a reserved opcode. */
    RESERVED_OPCODES("4", "*"),
    /** It ignores that a fragmented message is not in order. */
    FRAGMENTS("5", "*"),
    /** It accepts text that is not UTF-8. */
    ANY_TEXT("6", "*"),
    /** It finds text that is not UTF-8 when the message is whole, which RFC 6455 §8.1 allows. */
    LATE_TEXT("", "6.*"),
    /** It refuses handshakes that are unusual, and does not decode the key. No text forbids either. */
    UNUSUAL_REFUSED("", "1.1.1,14.1.6,14.1.7,14.2.1,14.2.6,14.3.*,14.4.*"),
    /** It does not answer a close frame, but ends TCP. */
    NO_CLOSE_FRAME("1,7", "1.1.1,3.1,7.1.1,7.7.1,7.9.1"),
    /** It answers every close frame with its code, also with one that must not be on the wire. */
    ANY_CLOSE_CODE("7", "*"),
    /** It answers every close frame with 1001. */
    OTHER_CLOSE_CODE("1,7", "1.1.1,3.1,7.1.1,7.7.1,7.7.2,7.7.3"),
    /** It fails connections with 1000. */
    WRONG_FAILURE_CODE("2,3,4,5,6,7", "*"),
    /** It does not end TCP after the closing handshake. */
    OPEN_TCP("1,3,7", "1.1.1,3.1,7.1.1,7.3.2,7.7.1"),
    /** It says that it compresses, and sends compressed messages without RSV1. */
    NO_RSV1("12,13", "1.1.1,12.1.2,13.1.2"),
    /** It keeps its context although the client demanded that it does not. */
    CONTEXT_KEPT("13,14.4", "1.1.1,12.1.3,13.1.3,13.2.3,14.4.15"),
    /** It accepts offers without the parameters that they demand. In section 13 only strict mode requires them. */
    DEMANDS_IGNORED("14.4", "1.1.1,12.1.3,13.1.3,13.4.3,14.4.13,14.4.15"),
    /** It uses a window of 15 bits although one of 9 was agreed. */
    LARGE_WINDOW("13,14.4", "1.1.1,12.1.5,13.1.5,13.3.5,14.4.13,14.4.14"),
    /** It accepts every request, also one that is no opening handshake. */
    ANY_HANDSHAKE("14.1", "1.1.1,14.*"),
    /** It does not tell its version when it refuses another one. */
    VERSION_UNTOLD("14.1", "1.1.1,14.*"),
    /** It ends TCP in place of an answer to a bad handshake. */
    SILENT_REFUSAL("14.1", "1.1.1,14.*"),
    /** It refuses a handshake that spells or divides its headers in another way than most. */
    LITERAL_HEADERS("14.2", "1.1.1,14.*"),
    /** It takes the bytes of its first read for the whole request. */
    SINGLE_READ("14.2,14.6", "1.1.1,14.*"),
    /** It answers with all extensions that are offered. */
    EXTENSIONS_REPEATED("14.2,14.4", "1.1.1,14.*"),
    /** It answers with all subprotocols that are offered. */
    SUBPROTOCOLS_REPEATED("14.3", "1.1.1,14.*"),
    /** It accepts offers of compression with wrong parameters. */
    ANY_OFFER("14.4", "1.1.1,14.*"),
    /** It accepts frames that are not masked. */
    UNMASKED_ACCEPTED("14.5", "1.1.1,14.*"),
    /** It does not answer a close frame that comes before any message. */
    EARLY_CLOSE_IGNORED("14.6", "1.1.1,14.*"),
    /** It answers no handshake after a connection that ended without a closing handshake. */
    STOPS_AT_CUT("14.6", "1.1.1,14.1.1,14.2.1,14.6.5,14.6.6,14.6.8,14.6.9");

    private final String sections;
    private final String cases;

    ServerFault(String sections, String cases) {
        this.sections = sections;
        this.cases = cases;
    }

    /** The sections that have a failed case. Of section 14 the subsections. */
    Set<String> sections() {
        return Arrays.stream(sections.split(","))
                .filter(section -> !section.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The cases to play at a time. The order matters if one connection harms another. */
    int jobs() {
        return this == STOPS_AT_CUT ? 1 : 32;
    }

    /** The cases to play. Faults that make each case wait for its time limit have a few. */
    List<String> cases() {
        return List.of(cases.split(","));
    }
}
