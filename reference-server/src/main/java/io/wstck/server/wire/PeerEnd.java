package io.wstck.server.wire;

import io.wstck.server.text.FormatWord;

/** Tells how the peer ended its side of TCP. */
public enum PeerEnd implements FormatWord {
    FIN("fin"),
    RST("rst"),
    /** By FIN or RST. The operating system did not tell which. */
    ENDED("ended");

    private final String word;

    PeerEnd(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** The phrase for journals and messages, for example {@code FIN or RST}. */
    public String phrase() {
        return switch (this) {
            case FIN -> "FIN";
            case RST -> "RST";
            case ENDED -> "FIN or RST";
        };
    }
}
