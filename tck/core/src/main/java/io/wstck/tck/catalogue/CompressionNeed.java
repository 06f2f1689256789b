package io.wstck.tck.catalogue;

/**
 * The needs of cases that concern how a client offers and applies compression. A client's options decide unless its
 * description says otherwise.
 */
public enum CompressionNeed implements Need {
    /** Compresses messages of 65,536 bytes or more. Thresholds of clients are lower. */
    COMPRESSES("compresses"),
    /** Compresses messages of any length. */
    COMPRESSES_SHORT("compresses-short"),
    /** Options of the client decide whether the handshake offers compression, and what it offers. */
    OFFER_BY_OPTION("offer-by-option");

    private final String word;

    CompressionNeed(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
