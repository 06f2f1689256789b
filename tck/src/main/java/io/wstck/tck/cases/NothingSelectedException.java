package io.wstck.tck.cases;

/** A selection that leaves nothing to play; the message is one sentence. */
public final class NothingSelectedException extends Exception {
    private static final long serialVersionUID = 1L;

    NothingSelectedException(String sentence) {
        super(sentence);
    }
}
