package io.wstck.tck.catalogue;

import java.util.Locale;

/** What a case needs of the way in which a client compresses. Clients decide by option unless they say otherwise. */
public enum CompressionNeed implements Need {
    /** Compresses messages of 65,536 bytes and more, which are longer than any threshold of a client's own. */
    COMPRESSES,
    /** Compresses messages however short they are. */
    COMPRESSES_SHORT,
    /** Its options decide what the handshake offers, and whether it offers anything. */
    OFFER_BY_OPTION;

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
