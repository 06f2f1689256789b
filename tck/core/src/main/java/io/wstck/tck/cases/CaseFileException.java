package io.wstck.tck.cases;

import io.wstck.server.text.Excerpt;

/**
 * Reports that a case file does not parse, does not end, or declares an invalid case. The message has the file, the
 * line and one sentence.
 */
public final class CaseFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The sentence may quote the file, whose length is not limited. */
    private static final int LONGEST_SENTENCE = 800;

    CaseFileException(Position position, String sentence) {
        super(position + ": " + Excerpt.withLength(sentence, LONGEST_SENTENCE));
    }
}
