package io.wstck.tck.autobahn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/** The cases with one subject, and the sections of the RFCs that bind in them. Each case is in one group. */
public enum CaseGroup {
    FRAMES("Messages in one frame", "RFC 6455 §5.2, §5.6", "1"),
    PINGS("Pings and pongs", "RFC 6455 §5.5, §5.5.2, §5.5.3", "2"),
    RESERVED_BITS("Reserved bits", "RFC 6455 §5.2", "3"),
    RESERVED_DATA_OPCODES("Reserved opcodes of data frames", "RFC 6455 §5.2", "4.1"),
    RESERVED_CONTROL_OPCODES("Reserved opcodes of control frames", "RFC 6455 §5.2", "4.2"),
    FRAGMENTS("Fragmented messages", "RFC 6455 §5.4, §5.5", "5"),
    UTF8("UTF-8 in messages", "RFC 6455 §5.6, §8.1; RFC 3629 §3, §4", "6"),
    EARLY_UTF8("Invalid UTF-8 before the end of a message", "RFC 6455 §5.6, §8.1; RFC 3629 §3, §4", "6.4"),
    CLOSING("The closing handshake", "RFC 6455 §5.5.1, §7.1.1, §7.1.2", "7.1"),
    CLOSE_PAYLOADS("Payloads of close frames", "RFC 6455 §5.5, §5.5.1", "7.3"),
    CLOSE_REASONS("Invalid UTF-8 in the reason of a close frame", "RFC 6455 §5.5.1, §8.1", "7.5"),
    CLOSE_CODES("Close codes that may be sent", "RFC 6455 §5.5.1, §7.4", "7.7"),
    FORBIDDEN_CODES("Close codes that must not be sent", "RFC 6455 §7.4.1, §7.4.2", "7.9"),
    UNDEFINED_CODES("Close codes without a definition", "RFC 6455 §7.4.2", "7.13"),
    LARGE_MESSAGES("Large messages in one frame", "RFC 6455 §5.2, §5.6", "9.1 9.2"),
    LARGE_FRAGMENTS("Large messages in many frames", "RFC 6455 §5.4", "9.3 9.4"),
    MANY_WRITES("Large frames in many writes", "RFC 6455 §5.2, §5.6", "9.5 9.6"),
    MANY_MESSAGES("Many small messages", "RFC 6455 §5.2, §5.6", "9.7 9.8"),
    FRAMES_BY_SIZE("A message in frames of one size", "RFC 6455 §5.4", "10"),
    COMPRESSION("Compression of five corpora", "RFC 7692 §6, §7.2", "12"),
    COMPRESSION_PARAMETERS("Compression with seven sets of parameters", "RFC 7692 §7.1, §7.2", "13"),
    REFUSALS(
            "Opening handshakes to refuse",
            "RFC 6455 §4.2.1, §4.2.2, §4.4; RFC 9110 §7.8; RFC 9112 §3.2, §5.1",
            "14.1"),
    TOLERANCE("Opening handshakes of other forms", "RFC 6455 §4.2.1; RFC 9110 §5; RFC 9112 §3.2.2", "14.2"),
    SUBPROTOCOLS("The choice of a subprotocol", "RFC 6455 §4.2.2, §11.3.4", "14.3"),
    OFFERS("Offers of permessage-deflate", "RFC 7692 §7, §7.1", "14.4"),
    MASKING("The masking of frames", "RFC 6455 §5.1, §5.3", "14.5"),
    ENDS("Ends of connections, and slow clients", "RFC 6455 §5.5.1, §7", "14.6");

    private final String title;
    private final String sources;
    /** The beginnings of the numbers of its cases, with a blank between them. */
    private final String prefixes;

    CaseGroup(String title, String sources, String prefixes) {
        this.title = title;
        this.sources = sources;
        this.prefixes = prefixes;
    }

    /**
     * The group of a case of an {@link AutobahnCorpus}: the one with the longest beginning of its number.
     *
     * @throws IllegalArgumentException if no group has the case
     */
    public static CaseGroup of(CaseId id) {
        return Arrays.stream(values())
                .filter(group -> group.prefixes().anyMatch(prefix -> begins(id, prefix)))
                .max(Comparator.comparingInt(group -> group.number().length()))
                .orElseThrow(() -> new IllegalArgumentException("expected the id of a case, got " + id));
    }

    private static boolean begins(CaseId id, String prefix) {
        return id.toString().startsWith(prefix + ".");
    }

    /** The subject, a phrase. */
    public String title() {
        return title;
    }

    /** The sections that bind the judged side: {@code RFC 6455 §5.4, §5.5}. */
    public String sources() {
        return sources;
    }

    /** The number of the group, the beginning of those of its cases: {@code 7.5}. */
    public String number() {
        return prefixes().findFirst().orElseThrow();
    }

    private Stream<String> prefixes() {
        return Stream.of(prefixes.split(" "));
    }
}
