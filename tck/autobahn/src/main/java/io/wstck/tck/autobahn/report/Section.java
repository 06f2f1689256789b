package io.wstck.tck.autobahn.report;

import io.wstck.tck.autobahn.CaseId;

/** The section of a case, by the first number of its id. */
enum Section {
    FRAMING(1, "Framing"),
    PINGS(2, "Pings and pongs"),
    RESERVED_BITS(3, "Reserved bits"),
    OPCODES(4, "Reserved opcodes"),
    FRAGMENTATION(5, "Fragmentation"),
    UTF8(6, "UTF-8"),
    CLOSING(7, "Closing"),
    LIMITS(9, "Limits and speed"),
    AUTO_FRAGMENTATION(10, "Fragmentation by size"),
    COMPRESSION(12, "Compression of five corpora"),
    COMPRESSION_PARAMETERS(13, "Compression with seven sets of parameters"),
    BEYOND(CaseId.BEYOND, "Servers, beyond the original"),
    OTHER(0, "Others");

    private final int number;
    private final String title;

    Section(int number, String title) {
        this.number = number;
        this.title = title;
    }

    static Section of(CaseId id) {
        for (Section section : values()) {
            if (section.number == id.numbers().getFirst()) {
                return section;
            }
        }
        return OTHER;
    }

    /** Whether the duration of a case is of interest. */
    boolean isTimed() {
        return this == LIMITS || isCompressed();
    }

    /** Whether messages are compressed, so that their ratio is of interest. */
    boolean isCompressed() {
        return this == COMPRESSION || this == COMPRESSION_PARAMETERS;
    }

    /** The title in reports: {@code 1 Framing}. */
    String title() {
        return number == 0 ? title : number + " " + title;
    }
}
