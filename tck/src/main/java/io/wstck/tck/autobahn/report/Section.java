package io.wstck.tck.autobahn.report;

import io.wstck.tck.autobahn.CaseId;

/** The chapters of the cases, by the first number of their ids. */
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

    /** Whether the time that a case takes is of interest. */
    boolean isTimed() {
        return this == LIMITS || this == COMPRESSION || this == COMPRESSION_PARAMETERS;
    }

    /** As reports name it: {@code 1 Framing}. */
    String title() {
        return number == 0 ? title : number + " " + title;
    }
}
