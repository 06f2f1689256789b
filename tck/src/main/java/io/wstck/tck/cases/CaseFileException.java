package io.wstck.tck.cases;

import io.wstck.server.text.Excerpt;

/** A case file that cannot be used; the message is file, line and one sentence. */
public final class CaseFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A sentence may quote the file, which is of any length. */
    private static final int LONGEST_SENTENCE = 800;

    CaseFileException(Position position, String sentence) {
        super(position + ": " + Excerpt.withLength(sentence, LONGEST_SENTENCE));
    }
}
