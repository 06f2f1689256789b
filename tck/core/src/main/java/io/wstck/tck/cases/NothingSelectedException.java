package io.wstck.tck.cases;

/** Reports that a selection contains no case, or that one of its patterns matches none. The message is one sentence. */
public final class NothingSelectedException extends Exception {
    private static final long serialVersionUID = 1L;

    NothingSelectedException(String sentence) {
        super(sentence);
    }
}
